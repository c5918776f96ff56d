import type { WaitingListOffered } from '@boxoffice/shared/contracts';
import { html } from '@boxoffice/shared/html';
import { momentAt } from '@boxoffice/shared/papers';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { eventPassage, passage, type Passage } from './passages';
import type { Wording } from './wording';

/** What you waited for is held for you, until a time on the clocks of the venue. */
export function offerLetter(offer: WaitingListOffered, { locale, seller, offerUrl }: Wording): Letter {
  const { event, to, quantity, ticketTypeName, expiresAt, holdId } = offer;
  const until = momentAt(expiresAt, event.timeZone, locale);
  const many = quantity === 1 ? 'A ticket' : `${quantity} tickets`;
  return letterTo(
    to,
    `${many} for ${event.title} ${quantity === 1 ? 'is' : 'are'} held for you until ${until}`,
    seller,
    passage(
      `Dear ${to.name}, you are on the waiting list, and it is your turn: we hold ${quantity} × ${ticketTypeName} for you until ${until} (${event.timeZone}).`,
    ),
    eventPassage(event, locale),
    offerUrl === undefined ? signInPassage : linkPassage(linkOf(offerUrl, offer)),
    passage(
      'What you have not bought by then goes to whoever waits next. If you don’t want it any more, there is nothing to do.',
    ),
    passage(`Hold ${holdId}`),
  );
}

const linkOf = (offerUrl: string, { event, holdId }: WaitingListOffered): string =>
  offerUrl
    .replace('{eventId}', encodeURIComponent(event.eventId))
    .replace('{holdId}', encodeURIComponent(holdId));

const linkPassage = (link: string): Passage => ({
  text: `Buy here: ${link}`,
  html: html`<p>Buy here: <a href="${link}">${link}</a></p>`,
});

const signInPassage = passage(
  'To buy, sign in with the account with which you joined the waiting list, and choose this event.',
);
