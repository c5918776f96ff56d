import { Refusal } from '@boxoffice/shared/kernel';

/** One of several things that are wrong: where, what, and in words. */
export interface Reason {
  readonly field: string;
  /** Stable. */
  readonly code: string;
  readonly message: string;
}

export const eventNotFound = (): Refusal => new Refusal('event-not-found', 'There is no such event.');
export const ticketTypeNotFound = (): Refusal =>
  new Refusal('ticket-type-not-found', 'This event has no such ticket type.');
export const poolNotFound = (): Refusal => new Refusal('pool-not-found', 'This event has no such pool.');
export const discountNotFound = (): Refusal =>
  new Refusal('discount-not-found', 'This event has no such discount.');
export const seatingNotFound = (): Refusal =>
  new Refusal('seating-not-found', 'This event has no seats assigned.');
export const venueNotFound = (): Refusal => new Refusal('venue-not-found', 'There is no such venue.');

export const seatMapNotFound = (): Refusal =>
  new Refusal('seat-map-not-found', 'This venue has no such seat map.');

export const eventNotDraft = (): Refusal =>
  new Refusal('event-not-draft', 'This event is published. Only drafts can be changed or deleted.');

export const eventIsCancelled = (): Refusal =>
  new Refusal(
    'event-cancelled',
    'This event is cancelled. It can neither be changed nor published any more.',
  );

export const versionChanged = (current: number): Refusal =>
  new Refusal(
    'version-changed',
    'The event has changed since you read it. Read it again, then decide again.',
    {
      currentVersion: current,
    },
  );

/** The request can be read, but can't be so: every reason is in `errors`. */
export const notPossible = (errors: readonly Reason[]): Refusal =>
  new Refusal('not-possible', count(errors, 'stands in the way', 'stand in the way'), { errors });

/** Throws it where there is any reason. */
export function refuseFaults(errors: readonly Reason[]): void {
  if (errors.length > 0) throw notPossible(errors);
}

/** The event can't go on sale as it is: every reason is in `errors`. */
export const notPublishable = (errors: readonly Reason[]): Refusal =>
  new Refusal(
    'event-not-publishable',
    count(errors, 'keeps this event', 'keep this event', ' from being published'),
    {
      errors,
    },
  );

export const categoryExists = (slug: string): Refusal =>
  new Refusal('category-exists', 'There is a category with this slug.', { slug });

export const ticketTypesFull = (most: number): Refusal =>
  new Refusal('ticket-types-full', `An event has ${most} ticket types at most.`, { most });

export const poolsFull = (most: number): Refusal =>
  new Refusal('pools-full', `An event has ${most} pools at most.`, { most });

export const discountsFull = (most: number): Refusal =>
  new Refusal('discounts-full', `An event has ${most} discounts at most.`, { most });

export const poolInUse = (): Refusal =>
  new Refusal('pool-in-use', 'Ticket types share this pool. Take them out of it, or remove them, first.');

export const ticketTypeSeated = (): Refusal =>
  new Refusal('ticket-type-seated', 'Seats are sold as this ticket type. Assign them otherwise first.');

export const ticketTypeInUse = (): Refusal =>
  new Refusal(
    'ticket-type-in-use',
    'An add-on, a question or a discount is for this ticket type. Change or remove it first.',
  );

const count = ({ length }: readonly Reason[], one: string, many: string, rest = ''): string =>
  `${length === 1 ? `One thing ${one}` : `${length} things ${many}`}${rest}.`;
