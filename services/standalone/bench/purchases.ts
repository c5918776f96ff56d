import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/**
 * Whole purchases: hold, order, payment (captured at once), until tickets are issued. Without a rate as fast as so many buyers can;
 * with one, so many begin each second, and one in ten is looked at until it is fulfilled.
 */
export interface PurchasePlan {
  readonly origin: string;
  /** One buyer each, all at the same time. */
  readonly tokens: readonly string[];
  readonly eventId: string;
  readonly ticketTypeIds: readonly string[];
  readonly seconds: number;
  readonly ratePerSecond?: number;
}

export interface PurchaseOutcome {
  /** Purchases whose order was fulfilled, over the time until the last of them was. */
  readonly perSecond: number;
  readonly fulfilled: number;
  readonly failed: number;
  /** From asking for the hold until the payment is answered, in milliseconds. */
  readonly p99: number;
  /** From the answered payment until the order was seen fulfilled, of one in ten; where there is a rate. */
  readonly fulfilledP99: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

function send(
  plan: PurchasePlan,
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
    };
    const sent = request(`${plan.origin}/api/v1${path}`, { method, headers, agent }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => {
        if ((reply.statusCode ?? 500) < 300) resolve(JSON.parse(text) as Record<string, unknown>);
        else reject(new Error(`${method} ${path}: ${String(reply.statusCode)} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function purchases(plan: PurchasePlan): Promise<PurchaseOutcome> {
  const latencies: number[] = [];
  const orders: { token: string; orderId: unknown }[] = [];
  const waits: number[] = [];
  let failed = 0;
  const began = performance.now();
  const lines = plan.ticketTypeIds.map((ticketTypeId) => ({ ticketTypeId, quantity: 1 }));

  const purchase = async (token: string): Promise<void> => {
    const start = performance.now();
    try {
      const hold = await send(plan, token, 'POST', '/holds', { eventId: plan.eventId, lines });
      const { orderId } = await send(plan, token, 'POST', '/orders', { holdToken: hold['token'] });
      await send(plan, token, 'POST', '/payments', { orderId, gateway: 'sandbox' });
      const paid = performance.now();
      latencies.push(paid - start);
      orders.push({ token, orderId });
      // Were each looked at again and again, the looks would be most of the load.
      if (plan.ratePerSecond === undefined || orders.length % 10 !== 0) return;
      while ((await send(plan, token, 'GET', `/orders/${String(orderId)}`))['state'] !== 'fulfilled')
        await pause(Math.max(lookMilliseconds, (performance.now() - paid) * lookShare));
      waits.push(performance.now() - paid);
    } catch (error) {
      if (failed++ === 0) process.stderr.write(`${String(error)}\n`);
    }
  };
  const end = began + plan.seconds * 1000;
  const buyer = async (token: string): Promise<void> => {
    while (performance.now() < end) await purchase(token);
  };
  await (plan.ratePerSecond === undefined
    ? Promise.all(plan.tokens.map(buyer))
    : atRate(plan.ratePerSecond, end, (at) => purchase(plan.tokens[at % plan.tokens.length] ?? '')));

  // Orders are settled about in the order of their payments: from the first on, each is asked after until it is fulfilled.
  const deadline = performance.now() + 60_000;
  let fulfilled = 0;
  for (const { token, orderId } of orders) {
    let state: unknown;
    do {
      state = (await send(plan, token, 'GET', `/orders/${String(orderId)}`))['state'];
      if (state !== 'fulfilled') await pause(5);
    } while (state !== 'fulfilled' && performance.now() < deadline);
    if (state === 'fulfilled') fulfilled++;
    else failed++;
  }
  return {
    fulfilled,
    failed,
    perSecond: fulfilled / ((performance.now() - began) / 1000),
    p99: p99Of(latencies),
    fulfilledP99: p99Of(waits),
  };
}

const lookMilliseconds = 10;
/**
 * Of the time that was waited: who waits long looks less often, and is told at most a fifth too much. Looking every ten milliseconds, those
 * who wait would take what they wait for: behind by a second, two hundred a second ask twenty thousand times a second.
 */
const lookShare = 0.2;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Arrivals do not wait for those before them. */
async function atRate(perSecond: number, end: number, arrive: (at: number) => Promise<void>): Promise<void> {
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let now = began; now < end; await pause(1), now = performance.now())
    while (under.length < ((now - began) / 1000) * perSecond) under.push(arrive(under.length));
  await Promise.all(under);
}

function p99Of(milliseconds: readonly number[]): number {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

void purchases(JSON.parse(process.argv[2] ?? '') as PurchasePlan).then((outcome) => {
  process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0));
});
