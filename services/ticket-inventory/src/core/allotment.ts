/** The stock of one ticket type. At every moment: sold + held + available = capacity. */
export interface Allotment {
  readonly ticketTypeId: string;
  readonly capacity: number;
  readonly held: number;
  readonly sold: number;
  /** A smaller capacity that was asked for while more than that was held or sold; reached as holds end. */
  readonly wanted?: number;
  /** The pool whose capacity it shares with others. */
  readonly poolId?: string;
}

export const takenOf = ({ held, sold }: Allotment): number => held + sold;
export const availableOf = (allotment: Allotment): number => allotment.capacity - takenOf(allotment);

export const opened = (ticketTypeId: string, capacity: number, poolId?: string): Allotment => ({
  ticketTypeId,
  capacity,
  held: 0,
  sold: 0,
  ...(poolId === undefined ? {} : { poolId }),
});

/** Sets stock aside; the caller has seen that it is available. */
export const withHeld = (allotment: Allotment, quantity: number): Allotment =>
  sound({ ...allotment, held: allotment.held + quantity });

/** A hold ended without a sale. */
export const withReleased = (allotment: Allotment, quantity: number): Allotment =>
  sound(settled({ ...allotment, held: allotment.held - quantity }));

/** A hold became a sale. */
export const withConfirmed = (allotment: Allotment, quantity: number): Allotment =>
  sound({ ...allotment, held: allotment.held - quantity, sold: allotment.sold + quantity });

/** A sale was undone: its tickets are void. */
export const withReturned = (allotment: Allotment, quantity: number): Allotment =>
  sound(settled({ ...allotment, sold: allotment.sold - quantity }));

/** Never below what is held and sold: the rest of the way is gone as holds end. */
export function resized(allotment: Allotment, capacity: number, poolId?: string): Allotment {
  const { ticketTypeId, held, sold } = allotment;
  const rest = { ticketTypeId, capacity: allotment.capacity, held, sold, wanted: capacity };
  return sound(settled(poolId === undefined ? rest : { ...rest, poolId }));
}

function settled(allotment: Allotment): Allotment {
  const { wanted, ...rest } = allotment;
  if (wanted === undefined) return allotment;
  const taken = takenOf(rest);
  return wanted >= taken ? { ...rest, capacity: wanted } : { ...rest, capacity: taken, wanted };
}

// A programmer's error must not reach the store as stock that isn't there.
function sound(allotment: Allotment): Allotment {
  if (allotment.held < 0 || allotment.sold < 0 || availableOf(allotment) < 0)
    throw new Error(`stock of ${allotment.ticketTypeId} would not add up: ${JSON.stringify(allotment)}`);
  return allotment;
}
