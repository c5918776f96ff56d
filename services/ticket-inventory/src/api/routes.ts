import type { Route } from '@boxoffice/shared/http';
import { Chance } from '@boxoffice/shared/kernel';
import type { Press } from '@boxoffice/shared/papers';
import type { DependencyContainer } from 'tsyringe';
import { FindAvailability } from '../core/availability';
import { BookGroup } from '../core/book-group';
import { ClaimPart } from '../core/claim-part';
import { ExtendHold } from '../core/extend-hold';
import { FindGroup } from '../core/find-group';
import { FindHold } from '../core/find-hold';
import { FindSeats } from '../core/find-seats';
import { HoldTickets } from '../core/hold-tickets';
import { JoinWaitingList } from '../core/join-waiting-list';
import { LeaveWaitingList } from '../core/leave-waiting-list';
import { MyTickets } from '../core/my-tickets';
import { MyWaitingList } from '../core/my-waiting-list';
import { PublishedKeys } from '../core/ports';
import { ReleaseGroup } from '../core/release-group';
import { ReleaseHold } from '../core/release-hold';
import { StockReport } from '../core/stock-report';
import { TransferTicket } from '../core/transfer-ticket';
import { WaitingSummary } from '../core/waiting-summary';
import { WalletPasses } from '../core/wallet-passes';
import { WatchAvailability } from '../core/watch-availability';
import { availabilityStream } from './availability-stream.http';
import { availability } from './availability.http';
import { extendHold } from './extend-hold.http';
import { findHold } from './find-hold.http';
import { bookGroup, claimPart, findGroup, releaseGroup } from './group-bookings.http';
import { holdTickets } from './hold-tickets.http';
import { joinWaitingList } from './join-waiting-list.http';
import { leaveWaitingList } from './leave-waiting-list.http';
import { findTicket, listTickets } from './my-tickets.http';
import { myWaitingList } from './my-waiting-list.http';
import { releaseHold } from './release-hold.http';
import { stockReport } from './stock-report.http';
import { seats } from './seats.http';
import { ticketKeys } from './ticket-keys.http';
import { printTicket } from './ticket-paper.http';
import { atTheGates } from './gate-routes';
import { transferTicket } from './transfer-ticket.http';
import { waitingSummary } from './waiting-summary.http';
import { applePass, googlePass } from './wallet-passes.http';

export function routesOf(container: DependencyContainer, press: Press): readonly Route[] {
  const tickets = container.resolve(MyTickets);
  const passes = container.resolve<WalletPasses>(WalletPasses);
  return [
    holdTickets(container.resolve(HoldTickets)),
    findHold(container.resolve(FindHold)),
    extendHold(container.resolve(ExtendHold)),
    releaseHold(container.resolve(ReleaseHold)),
    availability(container.resolve(FindAvailability)),
    availabilityStream(container.resolve(WatchAvailability), container.resolve<Chance>(Chance)),
    seats(container.resolve(FindSeats)),
    bookGroup(container.resolve(BookGroup)),
    claimPart(container.resolve(ClaimPart)),
    findGroup(container.resolve(FindGroup)),
    releaseGroup(container.resolve(ReleaseGroup)),
    joinWaitingList(container.resolve(JoinWaitingList)),
    myWaitingList(container.resolve(MyWaitingList)),
    waitingSummary(container.resolve(WaitingSummary)),
    leaveWaitingList(container.resolve(LeaveWaitingList)),
    listTickets(tickets),
    findTicket(tickets),
    printTicket(tickets, press),
    transferTicket(container.resolve(TransferTicket)),
    applePass(tickets, passes),
    googlePass(tickets, passes),
    stockReport(container.resolve(StockReport)),
    ...atTheGates(container),
    ticketKeys(container.resolve<PublishedKeys>(PublishedKeys)),
  ];
}
