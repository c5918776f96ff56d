import type { Visitor } from '../visitor';

/** Pools and seat maps of two organisers, and a draft that uses some of them. */
export interface Hall {
  /** Its one ticket type is in the pool `shared`, and is sold as the seats of `taken`. */
  readonly draft: {
    readonly eventId: string;
    readonly slug: string;
    readonly ticketTypeId: string;
    /** As it was last answered. */
    etag: string;
    readonly shared: string;
    readonly idle: string;
  };
  readonly taken: string;
  readonly spare: string;
  readonly oscars: { readonly eventId: string; readonly poolId: string; readonly seatMapId: string };
}

export const poolBody = (name: string) => ({ name, capacity: 60 });

export const seatMapBody = (name: string) => ({
  name,
  sections: [
    {
      name: 'Parkett',
      rows: [
        { name: 'A', first: 1, last: 12, gaps: [6, 7], accessible: [1], restrictedView: [12] },
        { name: 'B', first: 1, last: 14 },
      ],
    },
  ],
});

export const seatingBody = (seatMapId: string, ticketTypeId: string) => ({
  seatMapId,
  sections: [{ section: 'Parkett', ticketTypeId, rows: ['A', 'B'] }],
});

/** Furnishes a draft of each; nothing is sold yet for Olivia's. */
export async function furnishHall(
  olivia: Visitor,
  oscar: Visitor,
  venueId: string,
  olivias: { readonly eventId: string; readonly slug: string },
  oscars: { readonly eventId: string },
): Promise<Hall> {
  const { eventId, slug } = olivias;
  const pool = async (visitor: Visitor, of: string, name: string): Promise<string> =>
    (await visitor.post<{ poolId: string }>(`/events/${of}/pools`, poolBody(name))).poolId;
  const map = async (visitor: Visitor, name: string): Promise<string> =>
    (await visitor.post<{ seatMapId: string }>(`/venues/${venueId}/seat-maps`, seatMapBody(name))).seatMapId;
  const [shared, idle] = [await pool(olivia, eventId, 'Hall'), await pool(olivia, eventId, 'Annexe')];
  const [taken, spare] = [await map(olivia, 'With a stage'), await map(olivia, 'In the round')];
  const ticketType = { name: 'Seats', priceMinor: 2500, capacity: 30, poolId: shared };
  const path = `/events/${eventId}/ticket-types`;
  const { body, headers } = await olivia.send<{ ticketTypeId: string }>('POST', path, ticketType);
  const { ticketTypeId } = body;
  const ifMatch = { 'if-match': headers.get('etag')! };
  const seating = seatingBody(taken, ticketTypeId);
  const seated = await olivia.send('PUT', `/events/${eventId}/seating`, seating, ifMatch);
  const etag = seated.headers.get('etag')!;
  return {
    draft: { eventId, slug, ticketTypeId, etag, shared, idle },
    ...{ taken, spare },
    oscars: {
      eventId: oscars.eventId,
      poolId: await pool(oscar, oscars.eventId, 'Bridge'),
      seatMapId: await map(oscar, 'As Oscar sees it'),
    },
  };
}
