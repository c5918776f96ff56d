import type * as Adyen from '@adyen/api-library';

/** The package, loaded when it is first needed. A bundle has its names where they belong, Node.js by itself under `default`. */
export async function adyenPackage(): Promise<typeof Adyen> {
  const loaded: typeof Adyen & { readonly default?: typeof Adyen } = await import('@adyen/api-library');
  return loaded.default ?? loaded;
}
