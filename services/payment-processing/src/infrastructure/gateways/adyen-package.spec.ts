import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { adyenPackage } from './adyen-package';

const names = ['Client', 'Config', 'CheckoutAPI', 'EnvironmentEnum', 'Types', 'hmacValidator'] as const;

it('the package of Adyen has its names however it is loaded', async () => {
  const loaded = await adyenPackage();
  for (const name of names) expect(loaded[name]).toBeDefined();
  const byNode = `import('@adyen/api-library').then((loaded) => console.log(Object.keys(loaded.default ?? loaded).join()))`;
  const found = execFileSync(process.execPath, ['-e', byNode], { cwd: __dirname, encoding: 'utf8' });
  expect(found.trim().split(',')).toEqual(expect.arrayContaining([...names]));
});
