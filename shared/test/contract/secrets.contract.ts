import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Secrets } from '../../src/platform';

export interface SecretsUnderTest {
  readonly secrets: Secrets;
  /** The same store as another process sees it. */
  another(): Promise<Secrets>;
  close(): Promise<void>;
}

/** What every `Secrets` keeps to. */
export function secretsContract(name: string, open: () => Promise<SecretsUnderTest>): void {
  describe(`secrets on ${name}`, () => {
    let store: SecretsUnderTest;
    let key: string;

    beforeEach(async () => {
      store = await open();
      key = `contract-${randomUUID()}`;
    });
    afterEach(() => store.close());

    it('answer undefined for what is not there', async () => {
      expect(await store.secrets.get(key)).toBeUndefined();
    });

    it('are made once and kept', async () => {
      expect(await store.secrets.getOrCreate(key, () => 'first\n{"d":"ÄÖ"} ')).toBe('first\n{"d":"ÄÖ"} ');
      expect(await store.secrets.getOrCreate(key, () => 'second')).toBe('first\n{"d":"ÄÖ"} ');
      expect(await store.secrets.get(key)).toBe('first\n{"d":"ÄÖ"} ');
    });

    it('are not made where there is one', async () => {
      await store.secrets.getOrCreate(key, () => 'first');
      const never = (): string => {
        throw new Error('made again');
      };
      expect(await store.secrets.getOrCreate(key, never)).toBe('first');
    });

    it('are the same for all who ask at once, in this process and in another', async () => {
      const other = await store.another();
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          (at % 2 === 0 ? other : store.secrets).getOrCreate(key, () => `made by ${at}`),
        ),
      );
      expect(new Set(made).size).toBe(1);
      expect(await other.get(key)).toBe(made[0]);
      expect(await store.secrets.get(key)).toBe(made[0]);
    });

    it('keep several apart', async () => {
      await store.secrets.getOrCreate(key, () => 'one');
      await store.secrets.getOrCreate(`${key}-2`, () => 'two');
      expect(await store.secrets.get(key)).toBe('one');
      expect(await store.secrets.get(`${key}-2`)).toBe('two');
    });
  });
}
