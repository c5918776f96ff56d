import { randomBytes } from 'node:crypto';
import { swapGuid, type WireMessage } from './wire';

/** A message as a subscription, or its dead letters, keep it. */
export interface Kept {
  readonly sequence: number;
  readonly enqueuedAt: number;
  readonly message: WireMessage;
  /** Deliveries that were given back, or whose lock ran out. */
  returned: number;
}

export interface Lock {
  readonly token: string;
  readonly tag: Buffer;
  readonly kept: Kept;
  until: number;
}

export interface Competitor {
  /** How many more messages it takes now. */
  room(): number;
  deliver(lock: Lock): void;
}

export type Settlement =
  | { readonly kind: 'completed' }
  | { readonly kind: 'abandoned'; readonly properties: Record<string, unknown> }
  | { readonly kind: 'dead-lettered'; readonly properties: Record<string, unknown> };

export interface EntityRules {
  readonly lockMs: number;
  readonly maxDeliveryCount: number;
  now(): number;
  nextSequence(): number;
}

/** A subscription, or the dead letters of one: peek-lock, delivery count, competing consumers. */
export class Entity {
  readonly ready: Kept[] = [];
  readonly locks = new Map<string, Lock>();
  readonly competitors = new Set<Competitor>();

  constructor(
    private readonly rules: EntityRules,
    readonly deadLetters?: Entity,
  ) {}

  enqueue(message: WireMessage, enqueuedAt = this.rules.now(), returned = 0): void {
    this.ready.push({ sequence: this.rules.nextSequence(), enqueuedAt, message, returned });
    this.pump();
  }

  /** Hands out what is there, in turn, to whoever has room. */
  pump(): void {
    for (let handedOut = true; handedOut;) {
      handedOut = false;
      for (const competitor of this.competitors) {
        if (competitor.room() <= 0) continue;
        const kept = this.ready.shift();
        if (kept === undefined) return;
        competitor.deliver(this.lock(kept));
        handedOut = true;
      }
    }
  }

  /** False when the lock was no longer held: nothing happens then. */
  settle(token: string, settlement: Settlement): boolean {
    const lock = this.locks.get(token);
    if (lock === undefined) return false;
    this.locks.delete(token);
    if (settlement.kind === 'completed') return true;
    Object.assign((lock.kept.message.application_properties ??= {}), settlement.properties);
    if (settlement.kind === 'dead-lettered') this.moveToDeadLetters(lock.kept);
    else this.giveBack(lock.kept);
    return true;
  }

  renew(token: string): number | undefined {
    const lock = this.locks.get(token);
    if (lock === undefined) return undefined;
    lock.until = this.rules.now() + this.rules.lockMs;
    return lock.until;
  }

  /** From `sequence` on, whether locked or not, oldest first. */
  peek(sequence: number, limit: number): readonly Kept[] {
    const all = [...this.ready, ...Array.from(this.locks.values(), ({ kept }) => kept)];
    return all
      .filter((kept) => kept.sequence >= sequence)
      .sort((a, b) => a.sequence - b.sequence)
      .slice(0, limit);
  }

  expireLocks(): void {
    for (const lock of this.locks.values()) {
      if (lock.until > this.rules.now()) continue;
      this.locks.delete(lock.token);
      this.giveBack(lock.kept);
    }
  }

  private lock(kept: Kept): Lock {
    const tag = randomBytes(16);
    const lock = {
      token: swapGuid(tag).toString('hex'),
      tag,
      kept,
      until: this.rules.now() + this.rules.lockMs,
    };
    this.locks.set(lock.token, lock);
    return lock;
  }

  private giveBack(kept: Kept): void {
    kept.returned++;
    if (this.deadLetters && kept.returned >= this.rules.maxDeliveryCount) {
      Object.assign((kept.message.application_properties ??= {}), {
        DeadLetterReason: 'MaxDeliveryCountExceeded',
        DeadLetterErrorDescription: `Message could not be consumed after ${this.rules.maxDeliveryCount} delivery attempts.`,
      });
      this.moveToDeadLetters(kept);
      return;
    }
    const place = this.ready.findIndex((other) => other.sequence > kept.sequence);
    this.ready.splice(place === -1 ? this.ready.length : place, 0, kept);
    setImmediate(() => this.pump());
  }

  private moveToDeadLetters({ message, enqueuedAt, returned }: Kept): void {
    this.deadLetters?.enqueue(message, enqueuedAt, returned);
  }
}
