import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Booked } from '../core/bank-transfer/book-credits';
import { spelt } from '../core/bank-transfer/creditor-reference';
import { epcCode } from '../core/bank-transfer/epc-code';
import type { Instructions } from '../core/bank-transfer/instruct';
import type { DueTransfer } from '../core/bank-transfer/ports';
import type { Credit, CreditState, Outgoing, Transfer } from '../core/bank-transfer/transfer';
import { MoneyView } from './order.view';

export class AccountView {
  @IsString() holder!: string;
  @IsString() iban!: string;
  @IsOptional() @IsString() bic?: string;
}

export class TransferInstructionsView {
  @IsId() paymentId!: string;
  @IsId() orderId!: string;
  @IsIn(['open', 'captured', 'cancelled']) state!: Transfer['state'];
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @ValidateNested() @Type(() => AccountView) account!: AccountView;
  /** ISO 11649, in groups of four. It is what tells whose money this is. */
  @IsString() reference!: string;
  /** Money that has not come until then comes too late, and is taken in only if tickets remain. */
  @IsInstant() payBy!: string;
  /** The text of an EPC QR code, for euros. */
  @IsOptional() @IsString() qrCode?: string;
}

export class BookedCreditView {
  @IsString() bankId!: string;
  /** `contradicts`: an entry of that id is known, over another amount. */
  @IsIn(['matched', 'unmatched', 'known', 'contradicts']) result!: Booked;
}

export class BookedStatementView {
  /** In the order of the request. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => BookedCreditView)
  credits!: readonly BookedCreditView[];
}

export class CreditView {
  @IsId() creditId!: string;
  @IsString() bankId!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @IsString() remittance!: string;
  @IsInstant() bookedAt!: string;
  @IsIn(['unmatched', 'collected', 'matched', 'returned']) state!: CreditState;
  /** Why nobody knows what it is for. */
  @IsOptional() @IsString() why?: string;
  @IsOptional() @IsId() paymentId?: string;
  @IsOptional() @IsString() payerName?: string;
  @IsOptional() @IsString() payerIban?: string;
}

export class CreditPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => CreditView) items!: readonly CreditView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class OutgoingView {
  @IsId() outgoingId!: string;
  /** `surplus`: more than was to be paid. `return`: a credit that was for nothing here. */
  @IsIn(['refund', 'surplus', 'return']) what!: Outgoing['what'];
  @IsOptional() @IsId() paymentId?: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @IsIn(['due', 'done']) state!: Outgoing['state'];
  @IsInstant() dueSince!: string;
  @IsOptional() @IsInstant() doneAt?: string;
}

export class DueTransferView extends OutgoingView {
  @IsOptional() @IsString() payerName?: string;
  @IsOptional() @IsString() payerIban?: string;
  /** What the money came in under. */
  @IsString() remittance!: string;
}

export class DueTransferPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => DueTransferView) items!: readonly DueTransferView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export function instructionsView({
  transfer,
  account,
  orderId,
}: Instructions): Plain<TransferInstructionsView> {
  const { paymentId, state, amount, payBy, reference } = transfer;
  const { holder, iban, bic } = account;
  const qrCode = epcCode(account, amount, reference);
  return {
    ...{ paymentId, orderId, state, amount, payBy },
    account: { holder, iban: spelt(iban), ...(bic === undefined ? {} : { bic }) },
    reference: spelt(reference),
    ...(qrCode === undefined ? {} : { qrCode }),
  };
}

const payerView = ({ name, iban }: Credit['payer']) => ({
  ...(name === undefined ? {} : { payerName: name }),
  ...(iban === undefined ? {} : { payerIban: iban }),
});

export const creditView = (credit: Credit): Plain<CreditView> => ({
  creditId: credit.creditId,
  bankId: credit.bankId,
  amount: credit.amount,
  remittance: credit.remittance,
  bookedAt: credit.bookedAt,
  state: credit.state,
  ...(credit.why === undefined ? {} : { why: credit.why }),
  ...(credit.paymentId === undefined ? {} : { paymentId: credit.paymentId }),
  ...payerView(credit.payer),
});

export const outgoingView = (outgoing: Outgoing): Plain<OutgoingView> => ({
  outgoingId: outgoing.outgoingId,
  what: outgoing.what,
  ...(outgoing.paymentId === undefined ? {} : { paymentId: outgoing.paymentId }),
  amount: outgoing.amount,
  state: outgoing.state,
  dueSince: outgoing.dueSince,
  ...(outgoing.doneAt === undefined ? {} : { doneAt: outgoing.doneAt }),
});

export const dueTransferView = (due: DueTransfer): Plain<DueTransferView> => ({
  ...outgoingView(due),
  ...payerView(due.to),
  remittance: due.remittance,
});
