import { eventPublished, paymentCaptured } from '@boxoffice/shared/contracts';
import { instant, type Instant } from '@boxoffice/shared/kernel';
import { OfflineScanner, type ScanBundle } from '@boxoffice/shared/scanning';
import type { EventOnSale } from '../../src/core/event-on-sale';
import { capture, concert, eventId, orderId, stalls } from '../season';
import type { Counter } from './counter';

export const evening = instant('2027-02-12T18:00:00Z');
export const deviceId = (number: number): string => orderId(900 + number);

export const rules = {
  reEntry: false,
  gates: [
    { gateId: 'main', name: 'Main entrance' },
    { gateId: 'stairs', name: 'Stairs', ticketTypeIds: [stalls] },
  ],
  stewards: ['stella@example.org'],
};

interface Ticket {
  readonly ticketId: string;
  readonly code: string;
}

/** The gates of an event: what its organiser, its stewards and their scanners do. */
export class Gate {
  private nonces = 0;

  constructor(
    readonly counter: Counter,
    readonly of = eventId,
  ) {}

  /** Puts the event on sale, and has its organiser set the rules; it is the evening then. */
  async open(organizer = 'Olga', changes: Partial<EventOnSale> = {}): Promise<void> {
    await this.counter.hear(eventPublished, concert({ eventId: this.of, ...changes }));
    await this.setRules(organizer, rules);
  }

  setRules(who: string, body: object, version = 1) {
    return this.counter.call(who, 'PUT', `/events/${this.of}/admission-rules`, body, {
      'if-match': `"${version}"`,
    });
  }

  /** Each order has a number of its own. */
  async sell(order: number, quantity = 1, ticketTypeId = stalls, buyer = 'Ada'): Promise<readonly Ticket[]> {
    const lines = [{ ticketTypeId, quantity }];
    const { json } = await this.counter.hold(buyer, `order-${order}`, { eventId: this.of, lines });
    const captured = { ...capture(order, String(json['holdId']), `user-${buyer}`, lines), eventId: this.of };
    await this.counter.hear(paymentCaptured, captured);
    await this.counter.lookAtChanges();
    return (await this.walletOf(buyer)).filter((ticket) => ticket.orderId === orderId(order));
  }

  async walletOf(who: string): Promise<readonly (Ticket & { readonly orderId: string })[]> {
    const { json } = await this.counter.call(who, 'GET', '/tickets?limit=100');
    return json['items'] as (Ticket & { orderId: string })[];
  }

  scan(who: string, code: string, more: object = {}) {
    const body = { eventId: this.of, code, gateId: 'main', nonce: this.nextNonce(), ...more };
    return this.counter.call(who, 'POST', '/admissions', body);
  }

  /** Undefined: accepted. */
  async reasonFor(code: string, more: object = {}): Promise<unknown> {
    const { status, json } = await this.scan('Olga', code, more);
    if (status !== 200) throw new Error(JSON.stringify(json));
    return json['reason'];
  }

  get(who: string, what: string) {
    return this.counter.call(who, 'GET', `/events/${this.of}/${what}`);
  }

  async bundle(cursor?: string, who = 'Stella'): Promise<ScanBundle> {
    const { json } = await this.get(who, `scan-bundle${cursor === undefined ? '' : `?cursor=${cursor}`}`);
    return json as unknown as ScanBundle;
  }

  async scanner(): Promise<OfflineScanner> {
    return new OfflineScanner(await this.bundle(), this.nextNonce);
  }

  /** As an application does with what waits to be uploaded. */
  async upload(scanner: OfflineScanner, device: number) {
    const scans = scanner.toUpload().map(({ at, ...scan }) => ({ ...scan, scannedAt: at }));
    return this.counter.call('Stella', 'POST', '/admissions/batch', {
      eventId: this.of,
      deviceId: deviceId(device),
      scans,
    });
  }

  setClock(time: Instant): void {
    this.counter.clock.time = time;
  }

  private readonly nextNonce = (): string => `nonce-${String(this.nonces++).padStart(6, '0')}`;
}
