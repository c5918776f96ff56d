import type { Books } from './books';
import type { Stage } from './client';
import type { Tills } from './payer';

/** A payment that another was opened in the place of is at no bank: nobody else is asked after silence. */
export function checkGateways({ banks }: Tills, { payments }: Books, { evidence, world }: Stage): void {
  for (const { paymentId, replacedBy } of payments) {
    if (replacedBy === null) continue;
    world.around.tally('payments opened at the next gateway');
    for (const { name, payments: opened } of banks)
      if ([...opened.values()].some((one) => one.paymentId === paymentId))
        evidence.violated(`payment ${paymentId} was given to another, and is open at ${name}`);
  }
}
