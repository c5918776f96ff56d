import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Role } from '@boxoffice/shared/http';
import type { Random, SimulatedWorld } from '@boxoffice/shared/platform/simulated';
import type { Evidence } from './evidence';
import type { House } from './house';

export interface Request {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: object;
  /** The Idempotency-Key. */
  readonly key?: string;
  /** The ETag of what was seen. */
  readonly ifMatch?: string;
}

export interface Answer<Body> {
  readonly status: number;
  /** Empty where the answer is no JSON. */
  readonly body: Body & { readonly code?: string };
  readonly text: string;
  readonly etag: string | undefined;
  /** The request is to be made again: there is no answer yet. */
  readonly isLater: boolean;
}

/** Where everybody acts. */
export interface Stage {
  readonly world: SimulatedWorld;
  readonly house: House;
  readonly evidence: Evidence;
}

const tries = 25;

/** One person's way to the services: what is not answered is sent again, as any decent client would. */
export class Client {
  private keys = 0;

  constructor(
    readonly who: string,
    private readonly role: Role | 'buyer',
    private readonly stage: Stage,
    private readonly random: Random,
  ) {}

  newKey(): string {
    return `${this.who}-${++this.keys}`;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.stage.world.schedule.after(milliseconds, resolve);
    });
  }

  /** One try; undefined: no answer. */
  async ask<Body>({ service, method, path, body, key, ifMatch }: Request): Promise<Answer<Body> | undefined> {
    const { house, evidence, world } = this.stage;
    const reply = await house.ask(service, {
      method,
      url: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${this.who} ${this.role}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      body: body ? Buffer.from(JSON.stringify(body)) : new Uint8Array(),
    });
    const text = reply?.body === undefined ? '' : Buffer.from(reply.body).toString();
    world.around.note(
      this.who,
      `${method} ${path} ${key ?? ''} → ${reply ? `${reply.status} ${short(text)}` : 'no answer'}`,
    );
    if (!reply) return undefined;
    const isLater = reply.headers['retry-after'] !== undefined;
    if (key !== undefined && reply.status < 300 && !isLater)
      evidence.answered(`${this.who} ${method} ${path} ${key}`, `${reply.status} ${text}`);
    const isJson = /^application\/(problem\+)?json/.test(reply.headers['content-type'] ?? '');
    const parsed = (isJson && text !== '' ? JSON.parse(text) : {}) as Answer<Body>['body'];
    return { status: reply.status, body: parsed, text, etag: reply.headers['etag'], isLater };
  }

  /** Tries until it knows; undefined: gave up. A person in a hurry presses the button twice. */
  async insist<Body>(request: Request, impatient = false): Promise<Answer<Body> | undefined> {
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (impatient && attempt === 1) void this.ask(request);
      const answer = await this.ask<Body>(request);
      if (
        answer &&
        answer.status < 500 &&
        answer.status !== 429 &&
        !(answer.status === 202 && answer.isLater)
      )
        return answer;
      await this.sleep(this.random.between([200, Math.min(1_000 * 2 ** attempt, 120_000)]));
    }
    this.stage.world.around.tally('clients that gave up');
    return undefined;
  }
}

const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text);
