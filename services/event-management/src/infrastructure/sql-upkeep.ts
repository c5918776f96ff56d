import { before, Clock, type Duration } from '@boxoffice/shared/kernel';
import type { Database } from '@boxoffice/shared/sql';
import { inject, injectable } from 'tsyringe';
import type { Upkeep } from '../core/ports';
import { EventDatabase } from './sql-programme';
import type { EventTables } from './tables';

@injectable()
export class SqlUpkeep implements Upkeep {
  constructor(
    @inject(EventDatabase) private readonly database: Database<EventTables>,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async reachable(): Promise<void> {
    await this.database.query.selectFrom('category').select('categoryId').limit(1).execute();
  }

  async forgetAnswers(age: Duration): Promise<void> {
    const until = before(this.clock.now(), age);
    await this.database.transaction((tx) =>
      tx.deleteFrom('idempotency').where('answeredAt', '<', until).execute(),
    );
  }
}
