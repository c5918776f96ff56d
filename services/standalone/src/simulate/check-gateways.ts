import type { Books } from './books';
import type { Tills } from './payer';
import type { Stage } from './client';

/** A payment that another was opened in the place of is at no bank: nobody else is asked after silence. */
export function checkGateways({ banks }: Tills, { payments }: Books, { evidence, world }: Stage): void {
  const opened = new Map(
    banks.flatMap(({ name, payments: own }) => [...own.values()].map(({ paymentId }) => [paymentId, name])),
  );
  for (const { paymentId, gateway, replacedBy } of payments) {
    const at = opened.get(paymentId);
    if (at !== undefined && at !== gateway)
      evidence.violated(`payment ${paymentId} is opened at ${at}, by the books at ${gateway}`);
    if (replacedBy === null) continue;
    world.around.tally('payments opened at the next gateway');
    if (at !== undefined)
      evidence.violated(`payment ${paymentId} was given to another, and is open at ${at}`);
  }
}
