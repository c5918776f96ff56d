import type { Route } from '@boxoffice/shared/http';
import { Clock } from '@boxoffice/shared/kernel';
import type { DependencyContainer } from 'tsyringe';
import { Furnishing } from '../core/add-venues-and-categories';
import { Seatings } from '../core/assign-seats';
import { Cancelling } from '../core/cancel-event';
import { Pools } from '../core/define-pools';
import { TicketTypes } from '../core/define-ticket-types';
import { SeatMaps } from '../core/draw-seat-maps';
import { Discounts } from '../core/give-discounts';
import { Listings, VenueListings } from '../core/ports';
import { Publishing } from '../core/publish-event';
import { Showing } from '../core/show-event';
import { Drafts } from '../core/write-drafts';
import { TermsOfSale } from '../core/write-terms';
import { cancelEvent } from './cancel-event.http';
import { addCategory, listCategories } from './categories.http';
import { changeEvent } from './change-event.http';
import { createEvent } from './create-event.http';
import { deleteEvent } from './delete-event.http';
import { addDiscount, changeDiscount, listDiscounts, removeDiscount } from './discounts.http';
import { findEvents, findEventsOfCategory, findOwnEvents } from './find-events.http';
import { addPool, changePool, listPools, removePool } from './pools.http';
import { publishEvent } from './publish-event.http';
import { addSeatMap, listSeatMaps, removeSeatMap, showSeatMap } from './seat-maps.http';
import { assignSeats, removeSeating, showSeating } from './seating.http';
import { showCalendar } from './show-calendar.http';
import { showEvent, showEventBySlug } from './show-event.http';
import { showTerms, writeTerms } from './terms.http';
import { addTicketType, changeTicketType, listTicketTypes, removeTicketType } from './ticket-types.http';
import { addVenue, listVenues, showVenue } from './venues.http';

export function routes(container: DependencyContainer, calendarDomain: string): readonly Route[] {
  const drafts = container.resolve(Drafts);
  const showing = container.resolve(Showing);
  const ticketTypes = container.resolve(TicketTypes);
  const pools = container.resolve(Pools);
  const discounts = container.resolve(Discounts);
  const seatMaps = container.resolve(SeatMaps);
  const seatings = container.resolve(Seatings);
  const furnishing = container.resolve(Furnishing);
  const listings = container.resolve<Listings>(Listings);
  const venues = container.resolve<VenueListings>(VenueListings);
  const clock = container.resolve<Clock>(Clock);
  return [
    addVenue(furnishing),
    listVenues(venues),
    showVenue(venues),
    addSeatMap(seatMaps),
    listSeatMaps(venues),
    showSeatMap(venues),
    removeSeatMap(seatMaps),
    addCategory(furnishing),
    listCategories(listings),
    createEvent(drafts),
    findEvents(listings, clock),
    findOwnEvents(listings),
    findEventsOfCategory(listings, clock),
    showEventBySlug(showing),
    showEvent(showing),
    changeEvent(drafts),
    deleteEvent(drafts),
    publishEvent(container.resolve(Publishing)),
    cancelEvent(container.resolve(Cancelling)),
    showCalendar(showing, calendarDomain),
    addTicketType(ticketTypes),
    listTicketTypes(showing),
    changeTicketType(ticketTypes),
    removeTicketType(ticketTypes),
    addPool(pools),
    listPools(showing),
    changePool(pools),
    removePool(pools),
    assignSeats(seatings),
    showSeating(showing),
    removeSeating(seatings),
    showTerms(showing),
    writeTerms(container.resolve(TermsOfSale)),
    addDiscount(discounts),
    listDiscounts(showing),
    changeDiscount(discounts),
    removeDiscount(discounts),
  ];
}
