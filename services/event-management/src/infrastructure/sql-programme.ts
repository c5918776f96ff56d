import { Clock, Ids } from '@boxoffice/shared/kernel';
import { once, Relay } from '@boxoffice/shared/messaging';
import { StaleVersion, type Database } from '@boxoffice/shared/sql';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { Programme, Commit, RepeatableRequest } from '../core/ports';
import { SqlCommit } from './sql-commit';
import type { EventTables } from './tables';

export const EventDatabase = Symbol('EventDatabase');

// Each attempt reads anew what another has written: three in a row that come second would be a stampede.
const attempts = 3;

@injectable()
export class SqlProgramme implements Programme {
  constructor(
    @inject(EventDatabase) private readonly database: Database<EventTables>,
    @inject(Relay) private readonly relay: Relay,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(Telemetry) private readonly telemetry: Telemetry,
  ) {}

  once<Answer extends object>(
    request: RepeatableRequest,
    work: (commit: Commit) => Promise<Answer>,
  ): Promise<Answer> {
    return this.told(async () => {
      const reply = await once(this.database, request, this.clock.now(), async (tx) => ({
        status: 200,
        body: await work(new SqlCommit(tx, this.announcing)),
      }));
      return reply.body as Answer;
    });
  }

  change<Answer>(work: (commit: Commit) => Promise<Answer>): Promise<Answer> {
    return this.told(() => this.database.transaction((tx) => work(new SqlCommit(tx, this.announcing))));
  }

  private readonly announcing = {
    nextId: () => this.ids.next(),
    traceparent: () => this.telemetry.traceparent(),
  };

  private async told<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let number = 1; ; number++) {
      try {
        const answer = await attempt();
        this.relay.kick();
        return answer;
      } catch (error) {
        if (number === attempts || !(error instanceof StaleVersion)) throw error;
      }
    }
  }
}
