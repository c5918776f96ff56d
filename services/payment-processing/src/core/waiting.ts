import { after, type Instant } from '@boxoffice/shared/kernel';

/** When to ask again after `asks` questions without an answer: the pause doubles, up to a limit. */
export const askAgainAt = (
  now: Instant,
  asks: number,
  pause: { readonly seconds: number; readonly atMostSeconds: number },
): Instant => after(now, { seconds: Math.min(pause.seconds * 2 ** Math.min(asks, 20), pause.atMostSeconds) });
