import type { Route } from '@boxoffice/shared/http';
import { Chance } from '@boxoffice/shared/kernel';
import type { Press } from '@boxoffice/shared/papers';
import type { DependencyContainer } from 'tsyringe';
import { FindAvailability } from '../core/availability';
import { ExtendHold } from '../core/extend-hold';
import { FindHold } from '../core/find-hold';
import { FindSeats } from '../core/find-seats';
import { HoldTickets } from '../core/hold-tickets';
import { MyTickets } from '../core/my-tickets';
import { PublishedKeys } from '../core/ports';
import { ReleaseHold } from '../core/release-hold';
import { StockReport } from '../core/stock-report';
import { TransferTicket } from '../core/transfer-ticket';
import { WalletPasses } from '../core/wallet-passes';
import { WatchAvailability } from '../core/watch-availability';
import { availabilityStream } from './availability-stream.http';
import { availability } from './availability.http';
import { extendHold } from './extend-hold.http';
import { findHold } from './find-hold.http';
import { holdTickets } from './hold-tickets.http';
import { findTicket, listTickets } from './my-tickets.http';
import { releaseHold } from './release-hold.http';
import { stockReport } from './stock-report.http';
import { seats } from './seats.http';
import { ticketKeys } from './ticket-keys.http';
import { printTicket } from './ticket-paper.http';
import { atTheGates } from './gate-routes';
import { transferTicket } from './transfer-ticket.http';
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
