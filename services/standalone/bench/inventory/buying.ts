import type { PaymentCaptured } from '@boxoffice/shared/contracts';
import { ulids } from '@boxoffice/shared/kernel';
import { machineChance, machineClock } from '@boxoffice/shared/platform/embedded';
import { Line } from '../../test/line';

export interface Sale {
  readonly eventId: string;
  readonly ticketTypeId: string;
}

const ids = ulids(machineClock, machineChance);

/** One buyer's purchase: a hold, and once it is paid for, tickets. */
export async function buyOne(line: Line, sale: Sale, userId: string, quantity = 1): Promise<void> {
  const headers = { authorization: `Bearer ${userId}` };
  const lines = [{ ticketTypeId: sale.ticketTypeId, quantity }];
  const orderId = ids.next();
  const { holdId } = await posted<{ holdId: string }>(
    line,
    '/holds',
    { ...headers, 'idempotency-key': `hold-for-${orderId}` },
    { eventId: sale.eventId, lines },
  );
  const captured: PaymentCaptured = {
    ...{ orderId, holdId, userId, lines, eventId: sale.eventId },
    amount: { amountMinor: 4800 * quantity, currency: 'EUR' },
    capturedAt: machineClock.now(),
  };
  await posted(line, '/captures', headers, captured);
}

async function posted<Body>(
  line: Line,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: object,
): Promise<Body> {
  const answer = await line.send('POST', path, headers, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body) as Body;
}

/** Purchases a second, by so many buyers one after another each; each time of another sale. */
export async function buyFor(
  milliseconds: number,
  { port, buyers, sales }: { port: number; buyers: number; sales: readonly Sale[] },
): Promise<number> {
  const lines = await Promise.all(Array.from({ length: buyers }, () => Line.open(port)));
  const began = performance.now();
  let bought = 0;
  const one = async (line: Line): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const sale = sales[Math.floor(Math.random() * sales.length)];
      if (!sale) throw new Error('nothing is on sale');
      await buyOne(line, sale, crypto.randomUUID());
      bought++;
    }
    line.close();
  };
  await Promise.all(lines.map(one));
  return (1000 * bought) / (performance.now() - began);
}
