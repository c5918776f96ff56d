import { sumOf, type Books } from './books';
import type { Evidence } from './evidence';
import { ibanOf, type Giro } from './giro';

/** Every transfer that came in has paid for something or was sent back, to whom it came from, once. */
export function checkTransfers(giro: Giro, books: Books, evidence: Evidence): void {
  const { bankCredits, transfers, outgoingTransfers, payments } = books;
  for (const { bankId, amount } of giro.entries) {
    const credits = bankCredits.filter((one) => one.bankId === bankId);
    const [credit] = credits;
    if (credits.length !== 1 || credit?.amountMinor !== amount.amountMinor)
      evidence.violated(`${bankId} of ${amount.amountMinor} is in the books as ${JSON.stringify(credits)}`);
  }
  for (const { bankId, state } of bankCredits) {
    if (!giro.entries.some((one) => one.bankId === bankId)) evidence.violated(`${bankId} never came in`);
    if (state !== 'matched' && state !== 'returned') evidence.violated(`${bankId} is still ${state}`);
  }
  for (const { paymentId, amountMinor, state } of transfers) {
    const came = sumOf(bankCredits.filter((one) => one.paymentId === paymentId && one.state === 'matched'));
    const surplus = sumOf(
      outgoingTransfers.filter((one) => one.paymentId === paymentId && one.what === 'surplus'),
    );
    if (came - surplus !== (state === 'captured' ? amountMinor : 0))
      evidence.violated(
        `transfer of ${amountMinor} for ${paymentId} is ${state}, and ${came - surplus} came`,
      );
    const payment = payments.find((one) => one.paymentId === paymentId);
    if ((payment?.state === 'captured') !== (state === 'captured'))
      evidence.violated(`transfer for ${paymentId} is ${state}, the payment ${payment?.state}`);
  }
  for (const { creditId, bankId, amountMinor, state } of bankCredits) {
    const back = outgoingTransfers.find((one) => one.outgoingId === creditId && one.what === 'return');
    if ((back?.amountMinor ?? 0) !== (state === 'returned' ? amountMinor : 0))
      evidence.violated(`${bankId} of ${amountMinor} is ${state}, and ${back?.amountMinor} is sent back`);
  }
  for (const { outgoingId, what, amountMinor, state, paymentId } of outgoingTransfers) {
    const sent = giro.sent.get(outgoingId);
    if (state !== 'done' || sent?.amount.amountMinor !== amountMinor)
      evidence.violated(`${what} ${outgoingId} of ${amountMinor} is ${state}, sent: ${JSON.stringify(sent)}`);
    const payers = bankCredits
      .filter((one) => (what === 'refund' ? one.paymentId === paymentId : one.creditId === outgoingId))
      .flatMap(({ bankId }) => giro.entries.filter((one) => one.bankId === bankId));
    if (!payers.some(({ payerName }) => ibanOf(payerName) === sent?.iban))
      evidence.violated(`${what} ${outgoingId} went to ${sent?.iban}, who never paid`);
  }
  for (const what of giro.sent.keys())
    if (!outgoingTransfers.some(({ outgoingId }) => outgoingId === what))
      evidence.violated(`money was sent for ${what}, which is nowhere written down`);
}
