import type { Relay } from '@boxoffice/shared/messaging';
import type { Timer } from '@boxoffice/shared/platform';
import type { DependencyContainer } from 'tsyringe';
import { FraudKeeping } from '../core/fraud/keep-house';
import { WaitingMeasure } from '../core/measure-waiting';
import { EventRefunding } from '../core/refund-event';
import { Sweep } from '../core/sweep';

export function timersOf(services: DependencyContainer, relay: Pick<Relay, 'drain'>): readonly Timer[] {
  const sweep = services.resolve(Sweep);
  const fraud = services.resolve(FraudKeeping);
  const refunding = services.resolve(EventRefunding);
  const measure = services.resolve(WaitingMeasure);
  return [
    { name: 'look-after-what-waits', everySeconds: 5, run: () => sweep.run() },
    { name: 'refund-events', everySeconds: 5, run: () => refunding.run() },
    // What a commit announces is said at once; this says what a crash left unsaid.
    { name: 'relay-announcements', everySeconds: 5, run: () => relay.drain() },
    { name: 'measure-what-waits', everySeconds: 60, run: () => measure.take() },
    { name: 'let-reviews-lapse', everySeconds: 60, run: () => fraud.lapse() },
    { name: 'forget-traces-of-payers', everySeconds: 900, run: () => fraud.forget() },
  ];
}
