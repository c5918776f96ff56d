import type { PaymentRefunded } from '@boxoffice/shared/contracts';
import { formatMoney } from '@boxoffice/shared/kernel';
import type { Letter } from '../../core/ports';
import { letterTo } from './message';
import { passage } from './passages';
import type { Wording } from './wording';

const reasons: Readonly<Record<PaymentRefunded['reason'], string>> = {
  'no-stock-left':
    'Your payment reached us after your hold had ended, and by then the last of these tickets had gone to somebody else. We are sorry: you have no tickets from this order, and you pay nothing for it.',
  'paid-twice':
    'Your order was paid for twice. We are sorry for the trouble: one payment is enough, and the other one goes back to you.',
};

/** Your money comes back, and we are sorry. */
export function refundLetter(refund: PaymentRefunded, { locale, seller }: Wording): Letter {
  const { buyer, eventTitle, amount, reason, orderId } = refund;
  const sum = formatMoney(amount, locale);
  return letterTo(
    buyer,
    `We are returning ${sum} for ${eventTitle}`,
    seller,
    passage(`Dear ${buyer.name},`),
    passage(reasons[reason]),
    passage(`${sum} are on their way back to where they came from. Banks take up to ten days to show it.`),
    passage(`Order ${orderId}`),
  );
}
