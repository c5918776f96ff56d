import { inject, injectable } from 'tsyringe';
import type { EventFacts } from '../order';
import { eventNotFound, organizerNotFound } from '../refusals';
import { FinanceRecords } from './ports';

export interface Caller {
  readonly userId: string;
  /** Empty where the provider has not seen that it is theirs: such an address opens nothing. */
  readonly email: string;
}

export const sameAddress = (address: string): string => address.trim().toLowerCase();

/** Admits to an organiser's money its owner, and those whom the owner has named. To anyone else it is not there. */
@injectable()
export class Desk {
  constructor(@inject(FinanceRecords) private readonly records: FinanceRecords) {}

  async admits(organizerId: string, { userId, email }: Caller): Promise<boolean> {
    if (userId === organizerId) return true;
    if (email === '') return false;
    const team = await this.records.financeTeam(organizerId);
    return team?.members.includes(sameAddress(email)) ?? false;
  }

  async refuseStrangers(organizerId: string, caller: Caller): Promise<void> {
    if (!(await this.admits(organizerId, caller))) throw organizerNotFound();
  }

  async eventOf(eventId: string, caller: Caller): Promise<EventFacts> {
    const event = await this.records.event(eventId);
    if (!event || !(await this.admits(event.organizerId, caller))) throw eventNotFound();
    return event;
  }
}
