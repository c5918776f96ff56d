import type { Subscription } from '@boxoffice/shared/contracts';
import type { DeadLetter, DeadLetters } from '@boxoffice/shared/messaging';
import { redactText } from '@boxoffice/shared/telemetry';

/** A dead letter, and the subscription that it was meant for. */
export interface Found {
  readonly subscription: Subscription;
  readonly letter: DeadLetter;
}

/** Asked for at once; a subscription may hold any number. */
const page = 100;

/** All of these subscriptions, oldest first within each. */
export async function findLetters(
  deadLetters: DeadLetters,
  subscriptions: readonly Subscription[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const subscription of subscriptions) {
    for (let after: string | undefined = '0'; after !== undefined;) {
      const letters: readonly DeadLetter[] = await deadLetters.list(subscription, { after, limit: page });
      found.push(...letters.map((letter) => ({ subscription, letter })));
      after = letters.length < page ? undefined : letters.at(-1)?.position;
    }
  }
  return found;
}

/** What became of each; one that fails doesn't keep the others from being replayed. */
export async function replayLetters(
  deadLetters: DeadLetters,
  letters: readonly Found[],
  tell: (outcome: string) => void,
): Promise<{ readonly replayed: number; readonly failed: number }> {
  let replayed = 0;
  let failed = 0;
  for (const found of letters) {
    try {
      if (await deadLetters.replay(found.subscription, found.letter.position)) {
        replayed++;
        tell(`replayed  ${describe(found)}`);
      } else tell(`gone      ${describe(found)}`);
    } catch (error) {
      failed++;
      tell(`FAILED    ${describe(found)}: ${(error as Error).message}`);
    }
  }
  return { replayed, failed };
}

/** Of its envelope only what names nobody: the data may have names and addresses in it. */
export function describe({ subscription: { topic, subscription }, letter }: Found): string {
  const { position, envelope, deadLetteredAt, reason, description, deliveryCount } = letter;
  const why = description === '' ? reason : `${reason}: ${redactText(description)}`;
  return `${topic} → ${subscription} ${position}  ${envelope.type} ${envelope.id} about ${envelope.subject}, set aside ${deadLetteredAt} after ${deliveryCount} deliveries: ${why}`;
}
