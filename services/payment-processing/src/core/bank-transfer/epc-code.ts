import { minorDigits, type Money } from '@boxoffice/shared/kernel';

export interface BankAccount {
  readonly holder: string;
  readonly iban: string;
  readonly bic: string | undefined;
}

/**
 * What a banking app reads off the screen and fills the transfer in with: the text of a QR code as in EPC069-12, version 002.
 * Undefined but for euros, which alone it knows.
 */
export function epcCode(
  { holder, iban, bic }: BankAccount,
  amount: Money,
  reference: string,
): string | undefined {
  if (amount.currency !== 'EUR' || amount.amountMinor > 99_999_999_999) return undefined;
  const euros = (amount.amountMinor / 10 ** minorDigits('EUR')).toFixed(2);
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    bic ?? '',
    holder.slice(0, 70),
    iban,
    `EUR${euros}`,
    '',
    reference,
  ];
  return lines.join('\n');
}
