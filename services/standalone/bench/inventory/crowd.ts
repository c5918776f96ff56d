import { setTimeout as wait } from 'node:timers/promises';
import { Line } from '../../test/line';
import type { Concert } from './concert';

export interface CrowdPlan {
  /** Where the processes answer; who finds one gone goes to the next. */
  readonly ports: readonly number[];
  /** Buyers who ask at the same time; behind each who is served stands another. */
  readonly windows: number;
  readonly concert: Concert;
  /** Ends then, or when nothing is left. */
  readonly milliseconds: number;
  readonly whenHeld?: (count: number) => void;
}

export interface CrowdOutcome {
  /** Each hold that was acknowledged, and whose it is. */
  readonly holds: ReadonlyMap<string, string>;
  /** Until the last of them. */
  readonly perSecond: number;
  /** Answers that bade them come again, and connections that broke. */
  readonly repeated: number;
}

let buyers = 0;

/** As many as there are windows, each asking for one ticket until that is answered, under one Idempotency-Key at whichever process. */
export async function crowd(plan: CrowdPlan): Promise<CrowdOutcome> {
  const { eventId, ticketTypeId } = plan.concert;
  const body = { eventId, lines: [{ ticketTypeId, quantity: 1 }] };
  const holds = new Map<string, string>();
  let repeated = 0;
  const began = performance.now();
  let last = began;
  const isOver = (): boolean => performance.now() - began > plan.milliseconds;

  /** Undefined: none is left, or time is up. */
  const holdOne = async (window: Window, userId: string): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${userId}`, 'idempotency-key': `key-of-${userId}` };
    while (!isOver()) {
      const answer = await window.send(headers, body);
      if (answer?.status === 201) return (JSON.parse(answer.body) as { holdId: string }).holdId;
      if (answer?.status === 409) return undefined;
      if (answer && answer.status !== 503) throw new Error(`a hold: ${answer.status} ${answer.body}`);
      repeated++;
      await wait(20 + Math.random() * 80);
    }
    return undefined;
  };
  const serve = async (first: number): Promise<void> => {
    const window = new Window(plan.ports, first);
    for (;;) {
      const userId = `b0a7c9d2-2f64-4f0a-9f5e-${String(buyers++).padStart(12, '0')}`;
      const holdId = await holdOne(window, userId);
      if (holdId === undefined) break;
      holds.set(holdId, userId);
      last = performance.now();
      plan.whenHeld?.(holds.size);
    }
    window.close();
  };
  await Promise.all(Array.from({ length: plan.windows }, (_, i) => serve(i)));
  return { holds, perSecond: (1000 * holds.size) / (last - began), repeated };
}

class Window {
  private line: Line | undefined;

  constructor(
    private readonly ports: readonly number[],
    private at: number,
  ) {}

  /** Undefined where the process is gone, or goes before it has answered. */
  async send(headers: Readonly<Record<string, string>>, body: object) {
    try {
      this.line ??= await Line.open(this.ports[this.at % this.ports.length] ?? 0);
      return await this.line.send('POST', '/holds', headers, body);
    } catch {
      this.line = undefined;
      this.at++;
      return undefined;
    }
  }

  close(): void {
    this.line?.close();
  }
}
