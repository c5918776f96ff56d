import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { orderFulfilled, ticketTransferred, waitingListOffered } from '@boxoffice/shared/contracts';
import { fromMilliseconds, toMilliseconds } from '@boxoffice/shared/kernel';
import type { Running } from '@boxoffice/shared/platform';
import { embeddedPlatform, machineClock } from '@boxoffice/shared/platform/embedded';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import { readPdf } from '../../../shared/test/papers/read-pdf';
import { compose } from '../src/main';
import { fulfilled, offered, transferred } from './post-office';

// The samples' offer is still open.
const ahead = toMilliseconds(waitingListOffered.sample.offeredAt) - Date.now();
const clock = { ...machineClock, now: () => fromMilliseconds(Date.now() + ahead) };
const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-post-'));
const platform = embeddedPlatform({ dataDir: folder, telemetry: new RecordingTelemetry(), clock });
const handedOver = jest.spyOn(platform.mail, 'send');
const service = compose(platform, { retentionDays: 90, seller: 'Konzerthaus Wien', locale: 'en-GB' });
let running: Running;
beforeAll(async () => {
  await platform.migrate(service);
  running = await platform.run(service);
});
afterAll(async () => {
  await running.stop();
  await platform.close();
  rmSync(folder, { recursive: true });
});

const mailOf = async (id: string) => {
  for (let waits = 0; waits < 200 && !platform.mailbox.get(id); waits++) await setTimeout(25);
  return platform.mailbox.get(id)!;
};

it('puts tickets with a readable code and a receipt into the mailbox of one machine', async () => {
  const { ticketTypeId } = orderFulfilled.sample.tickets[0]!;
  const tickets = [
    { ticketId: 'e-s-1', ticketTypeId, code: 'BX1.code.of.this.ticket', seat: 'Parkett/A/12' },
  ];
  await platform.bus.publish([fulfilled({ tickets })]);
  const { attachments } = await mailOf(`${orderFulfilled.sample.orderId}-tickets`);
  const [ticketPages, receipt] = attachments.map(({ bytes }) => readPdf(bytes));
  expect(attachments.map(({ name }) => name)).toEqual(['tickets.pdf', 'receipt.pdf']);
  expect(ticketPages!.map(({ code }) => code)).toEqual(['BX1.code.of.this.ticket']);
  expect(ticketPages![0]!.texts).toContain('Parkett, row A, seat 12');
  expect(receipt![0]!.texts).toContain('€96.00');
});

it('sends the new holder their ticket and who waits their offer, each once, however often it is said', async () => {
  const { ticketId } = ticketTransferred.sample;
  const { holdId } = waitingListOffered.sample;
  await platform.bus.publish([offered(), transferred(), transferred({}, 'again'), offered({}, 'again')]);
  const { to, attachments } = await mailOf(`${ticketId}-transfer-2`);
  expect(to).toEqual({ name: 'Ben Example', address: 'ben@example.org' });
  expect(attachments.map(({ name }) => name)).toEqual(['ticket.pdf']);
  const [page, ...others] = readPdf(attachments[0]!.bytes);
  expect(others).toEqual([]);
  expect(page!.code).toBe(ticketTransferred.sample.code);
  expect(page!.texts).toContain('Ben Example');
  expect(await mailOf(`${holdId}-offer`)).toMatchObject({
    to: { name: 'Ada Example', address: 'ada@example.org' },
    attachments: [],
  });

  await platform.bus.publish([transferred({}, 'once-more'), offered({}, 'once-more')]);
  // What is said later and sent shows that the repeats have been heard.
  await platform.bus.publish([fulfilled({ orderId: 'last' }, 'last'), transferred({ issue: 3 }, 'last')]);
  await mailOf('last-tickets');
  await mailOf(`${ticketId}-transfer-3`);
  const ids = handedOver.mock.calls.map(([{ id }]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
