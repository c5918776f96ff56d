import { expect, it } from '@jest/globals';
import { openShop } from './shop';

it('payments are listed for whoever made them, page by page', async () => {
  const shop = await openShop();
  const made: string[] = [];
  for (const suffix of ['a', 'b', 'c']) made.push((await shop.payment(await shop.order(suffix))).paymentId);
  const first = await shop.call('GET', '/payments/user/ada?limit=2');
  const next = await shop.call(
    'GET',
    `/payments/user/ada?limit=2&cursor=${String(first.body['nextCursor'])}`,
  );
  const ids = [first, next].flatMap(({ body }) =>
    (body['items'] as { paymentId: string }[]).map(({ paymentId }) => paymentId),
  );
  expect(ids).toEqual(made.toReversed());
  expect(next.body['nextCursor']).toBeUndefined();
  await shop.close();
});
