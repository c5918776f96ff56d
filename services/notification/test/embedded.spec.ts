import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { embeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { RecordingTelemetry } from '../../../shared/test/doubles/recording-telemetry';
import { readPdf } from '../../../shared/test/papers/read-pdf';
import { compose } from '../src/main';
import { fulfilled } from './post-office';

const folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-post-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('puts tickets with a readable code and a receipt into the mailbox of one machine', async () => {
  const platform = embeddedPlatform({ dataDir: folder, telemetry: new RecordingTelemetry() });
  const service = compose(platform, { retentionDays: 90, seller: 'Konzerthaus Wien', locale: 'en-GB' });
  await platform.migrate(service);
  const running = await platform.run(service);
  const envelope = fulfilled({
    tickets: [
      { ticketId: 'e-s-1', ticketTypeId: '01jv0h5c9n8m1s4k7p0r3v6x9z', code: 'BX1.code.of.this.ticket' },
    ],
  });
  await platform.bus.publish([envelope]);
  for (let waits = 0; waits < 200 && platform.mailbox.list().length === 0; waits++) await setTimeout(25);
  const [entry] = platform.mailbox.list();
  const message = platform.mailbox.get(entry!.id);
  const [tickets, receipt] = message!.attachments.map(({ bytes }) => readPdf(bytes));
  expect(message!.attachments.map(({ name }) => name)).toEqual(['tickets.pdf', 'receipt.pdf']);
  expect(tickets!.map(({ code }) => code)).toEqual(['BX1.code.of.this.ticket']);
  expect(receipt![0]!.texts).toContain('€96.00');
  await running.stop();
  await platform.close();
});
