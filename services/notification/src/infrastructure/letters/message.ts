import { html, type Html } from '@boxoffice/shared/html';
import type { Letter } from '../../core/ports';
import type { Passage } from './passages';

/** A letter under its heading, passage by passage, signed by the seller. */
export const letterTo = (
  { name, email }: { readonly name: string; readonly email: string },
  heading: string,
  seller: string,
  ...passages: readonly Passage[]
): Letter => ({
  to: { name, address: email },
  subject: onOneLine(heading),
  text: [...passages.map(({ text }) => text), seller].join('\n\n'),
  html: messageOf(
    heading,
    seller,
    passages.map((passage) => passage.html),
  ),
});

/** Header lines end at a line break: none gets into a subject. */
const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A whole message: one narrow column, readable without styles and by screen readers. */
const messageOf = (heading: string, seller: string, body: readonly Html[]): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${heading}</title>
      </head>
      <body style="margin:0;padding:24px;background:#f4f4f2;color:#1a1a1a;font:16px/1.5 system-ui,sans-serif">
        <div style="max-width:560px;margin:0 auto;padding:32px;background:#fff;border-radius:8px">
          <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${heading}</h1>
          ${body}
          <p style="margin:24px 0 0;color:#666;font-size:14px">${seller}</p>
        </div>
      </body>
    </html> `.text;
