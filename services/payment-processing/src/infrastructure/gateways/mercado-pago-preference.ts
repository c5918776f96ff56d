import type { PaymentToAuthorise } from '../../core/gateway';
import { toDecimal } from './decimal';
import { referenceFor } from './mercado-pago-wire';

/** Slips are paid at a counter some days later, when the tickets are long gone. */
export const preferenceFor = ({
  paymentId,
  amount,
  description,
  returnUrl,
  expiresAt,
  buyer,
  method,
}: PaymentToAuthorise) => ({
  external_reference: referenceFor(paymentId),
  items: [
    {
      id: paymentId,
      title: description.slice(0, 256),
      quantity: 1,
      currency_id: amount.currency,
      unit_price: Number(toDecimal(amount)),
    },
  ],
  payer: { email: buyer.email, name: buyer.name },
  back_urls: { success: returnUrl, pending: returnUrl, failure: returnUrl },
  auto_return: 'approved',
  expires: true,
  expiration_date_to: expiresAt.replace('Z', '+00:00'),
  payment_methods: { excluded_payment_types: excluded(method).map((id) => ({ id })) },
});

function excluded(method: PaymentToAuthorise['method']): readonly string[] {
  const slips = ['ticket', 'atm'];
  if (method === 'pix') return [...slips, 'credit_card', 'debit_card', 'prepaid_card'];
  return method === 'card' ? [...slips, 'bank_transfer'] : slips;
}
