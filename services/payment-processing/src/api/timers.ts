import type { Relay } from '@boxoffice/shared/messaging';
import type { Timer } from '@boxoffice/shared/platform';
import type { DependencyContainer } from 'tsyringe';
import { Sweep } from '../core/sweep';

export function timersOf(services: DependencyContainer, relay: Pick<Relay, 'drain'>): readonly Timer[] {
  const sweep = services.resolve(Sweep);
  return [
    { name: 'look-after-what-waits', everySeconds: 5, run: () => sweep.run() },
    // What a commit announces is said at once; this says what a crash left unsaid.
    { name: 'relay-announcements', everySeconds: 5, run: () => relay.drain() },
  ];
}
