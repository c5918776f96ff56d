import type { Relay } from '@boxoffice/shared/messaging';
import type { Timer } from '@boxoffice/shared/platform';

/** Facts are relayed right after their commit; this carries on after a crash or a bus that was away. */
export const relayOutbox = (relay: Relay): Timer => ({
  name: 'relay-outbox',
  everySeconds: 15,
  run: () => relay.drain(),
});
