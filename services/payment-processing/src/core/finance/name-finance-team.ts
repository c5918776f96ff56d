import { inject, injectable } from 'tsyringe';
import { Books } from '../ports';
import { organizerNotFound, versionChanged } from '../refusals';
import { sameAddress, type Caller } from './desk';
import { nobody, type FinanceTeam } from './finance-team';
import { FinanceRecords } from './ports';

/** The owner alone says who is in it. */
@injectable()
export class FinanceTeams {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(FinanceRecords) private readonly records: FinanceRecords,
  ) {}

  async show({ userId }: Caller, organizerId: string): Promise<FinanceTeam> {
    if (userId !== organizerId) throw organizerNotFound();
    return (await this.records.financeTeam(organizerId)) ?? nobody(organizerId);
  }

  async name(
    { userId }: Caller,
    organizerId: string,
    addresses: readonly string[],
    seenVersion: string,
  ): Promise<FinanceTeam> {
    if (userId !== organizerId) throw organizerNotFound();
    const members = [...new Set(addresses.map(sameAddress))];
    return this.books.inOneCommit(async (commit) => {
      const known = await commit.financeTeam(organizerId);
      const { version } = known ?? nobody(organizerId);
      if (seenVersion !== String(version)) throw versionChanged(version);
      const team = { organizerId, members, version: version + 1 };
      if (known) await commit.saveFinanceTeam(team);
      else await commit.addFinanceTeam(team);
      return team;
    });
  }
}
