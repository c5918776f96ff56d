import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
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
      for (let round = 0; round < 8; round++) {
        // A little apart, so that some look while others have made theirs and not yet kept it.
        const asked = Array.from({ length: 10 }, async (_, at) => {
          for (let turn = 0; turn < at; turn++) await setImmediate();
          return (at % 2 === 0 ? other : store.secrets).getOrCreate(`${key}-${round}`, () => `made by ${at}`);
        });
        const made = await Promise.all(asked);
        expect(new Set(made).size).toBe(1);
        expect(await other.get(`${key}-${round}`)).toBe(made[0]);
      }
    });

    it('keep several apart', async () => {
      await store.secrets.getOrCreate(key, () => 'one');
      await store.secrets.getOrCreate(`${key}-2`, () => 'two');
      expect(await store.secrets.get(key)).toBe('one');
      expect(await store.secrets.get(`${key}-2`)).toBe('two');
    });
  });
}
