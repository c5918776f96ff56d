import { after, type Clock, type Instant } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';

/** Undefined: there is none of this name. */
export type SecretTexts = Readonly<Record<string, string | undefined>>;

/** What was put there can't sign: each reason, and nothing of a secret but its name. */
export class SecretsUnfit extends Error {
  override readonly name = 'SecretsUnfit';
  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '));
  }
}

/** A renewed certificate is taken up within this time, by processes that run on too. */
export const rememberedMinutes = 5;

/** Secrets that are asked for again and again, read together once in a while. */
export function rememberedSecrets(
  secrets: Secrets,
  names: readonly string[],
  clock: Clock,
): () => Promise<SecretTexts> {
  let known: { readonly texts: SecretTexts; readonly until: Instant } | undefined;
  return async () => {
    if (known && clock.now() < known.until) return known.texts;
    const read = await Promise.all(names.map(async (name) => [name, await secrets.get(name)] as const));
    known = { texts: Object.fromEntries(read), until: after(clock.now(), { minutes: rememberedMinutes }) };
    return known.texts;
  };
}
