import { expect, it } from '@jest/globals';
import { openShop } from './shop';

it('payment-processing is healthy where its tables can be read, and says so where they can’t', async () => {
  const shop = await openShop();
  const check = shop.service.checks['database']!;
  await expect(check()).resolves.toBeUndefined();
  await shop.database.transaction((tx) => tx.schema.dropTable('events').execute());
  await expect(check()).rejects.toThrow('events');
  await shop.close();
});
