import type { OrderFulfilled } from '@boxoffice/shared/contracts';
import { html, type Html } from '@boxoffice/shared/html';
import { whenAtVenue } from '@boxoffice/shared/papers';

/** A stretch of a letter, for who reads plain text and for who reads HTML. */
export interface Passage {
  readonly text: string;
  readonly html: Html;
}

/** One paragraph; what comes from people is escaped. */
export const passage = (...lines: readonly string[]): Passage => ({
  text: lines.join('\n'),
  html: html`<p>${onLines(lines)}</p>`,
});

/** What is on, when on the clocks of the venue, and where. The heading above has named it already. */
export function eventPassage(event: OrderFulfilled['event'], locale: string): Passage {
  const { date, time, zone } = whenAtVenue(event, locale);
  const rest = [`${time} (${zone})`, event.venueName, event.venueAddress];
  return {
    text: [event.title, date, ...rest].join('\n'),
    html: html`<p><strong>${date}</strong><br />${onLines(rest)}</p>`,
  };
}

const onLines = (lines: readonly string[]): readonly Html[] =>
  lines.map((line, i) => (i === 0 ? html`${line}` : html`<br />${line}`));
