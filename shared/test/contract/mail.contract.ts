import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MailRefused, type Mail, type MailMessage } from '../../src/platform';

export interface MailUnderTest {
  readonly mail: Mail;
  /** What the provider sends, oldest first; undefined where a test can't see it (a real provider). */
  readonly sent: (() => Promise<readonly MailMessage[]>) | undefined;
  /** An address that the provider will never take. */
  readonly refusedAddress: string;
  close(): Promise<void>;
}

/** What every `Mail` keeps to. */
export function mailContract(name: string, open: () => Promise<MailUnderTest>): void {
  describe(`mail on ${name}`, () => {
    let provider: MailUnderTest;

    beforeEach(async () => {
      provider = await open();
    });
    afterEach(() => provider.close());

    // The provider's operation ids are UUIDs; ours are told apart by the last twelve digits alone.
    const message = (over: Partial<MailMessage> = {}): MailMessage => ({
      id: randomUUID(),
      to: { name: 'Zoë “Z” O’Hara', address: 'zoe@example.com' },
      subject: 'Your tickets – 座席 7',
      text: 'Two tickets.\nSee you there.',
      html: '<p>Two tickets &amp; a receipt.</p>',
      attachments: [],
      ...over,
    });
    const sent = async (): Promise<readonly MailMessage[]> => (await provider.sent?.()) ?? [];

    it('is handed over as it was written', async () => {
      const written = message();
      const { providerId } = await provider.mail.send(written);
      expect(providerId).not.toBe('');
      if (provider.sent)
        expect(await sent()).toMatchObject([
          { to: written.to, subject: written.subject, text: written.text, html: written.html },
        ]);
    });

    it('carries its attachments byte by byte', async () => {
      const pdf = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
      const attachments = [
        { name: 'tickets.pdf', contentType: 'application/pdf', bytes: pdf },
        {
          name: 'event.ics',
          contentType: 'text/calendar',
          bytes: new TextEncoder().encode('BEGIN:VCALENDAR'),
        },
      ];
      await provider.mail.send(message({ attachments }));
      if (!provider.sent) return;
      const arrived = (await sent())[0]?.attachments ?? [];
      expect(arrived.map(({ name: file, contentType }) => [file, contentType])).toEqual([
        ['tickets.pdf', 'application/pdf'],
        ['event.ics', 'text/calendar'],
      ]);
      expect(
        arrived.map((one) =>
          Buffer.from(one.bytes).equals(Buffer.from(attachments.find((a) => a.name === one.name)!.bytes)),
        ),
      ).toEqual([true, true]);
    });

    it('goes out once when a send is repeated under its id', async () => {
      const written = message();
      const first = await provider.mail.send(written);
      const again = await provider.mail.send(written);
      expect(again).toEqual(first);
      await provider.mail.send(message({ subject: 'another' }));
      if (provider.sent)
        expect((await sent()).map(({ subject }) => subject)).toEqual([written.subject, 'another']);
    });

    it('is refused for good where the address can never be reached, and nothing goes out', async () => {
      const to = { name: 'Nobody', address: provider.refusedAddress };
      await expect(provider.mail.send(message({ to }))).rejects.toBeInstanceOf(MailRefused);
      if (provider.sent) expect(await sent()).toEqual([]);
    });
  });
}
