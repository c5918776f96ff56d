import type { Random } from '@boxoffice/shared/platform/simulated';
import { Client, type Stage } from './client';

interface Waiting {
  readonly kind: string;
  readonly id: string;
  readonly state: string;
}

const service = 'payment-processing';

/** Gives back by hand, and says so, what a bank would not: each refund that waits for a person. */
export async function settleByHand(stage: Stage, random: Random): Promise<void> {
  const operator = new Client('admin-operator', 'admin', stage, random);
  for (let cursor = ''; ;) {
    const path = `/sagas/waiting?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = await operator.insist<{ items: readonly Waiting[]; nextCursor?: string }>({
      ...{ service, method: 'GET', path },
    });
    if (page?.status !== 200) return;
    for (const { kind, id, state } of page.body.items) {
      if (kind !== 'refund' || state !== 'failed') continue;
      stage.evidence.byHand.add(id);
      stage.world.around.tally('refunds settled by hand');
      const settled = await operator.insist(
        { service, method: 'POST', path: `/refunds/${id}/settled-by-hand` },
        random.chance(0.3),
      );
      // Other refunds may have taken what was left of the payment meanwhile.
      if (settled?.status !== 200 && settled?.body.code !== 'above-captured')
        stage.evidence.violated(`refund ${id} could not be settled by hand: ${JSON.stringify(settled)}`);
    }
    if (page.body.nextCursor === undefined) return;
    cursor = page.body.nextCursor;
  }
}
