import { IsId, IsInstant, route, type Plain, type Route } from '@boxoffice/shared/http';
import { money } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import type { GiftCard } from '../core/gift-card';
import type { GiftCardIssuing, GiftCardLookUp } from '../core/issue-gift-card';
import { GiftCardBalanceRequest, IssueGiftCardRequest } from './gift-cards.request';
import { MoneyView } from './order.view';

export class GiftCardView {
  @IsId() giftCardId!: string;
  /** On whose events it may be spent. */
  @IsString() organizerId!: string;
  @ValidateNested() @Type(() => MoneyView) balance!: MoneyView;
  @IsOptional() @IsInstant() expiresAt?: string;
}

export class IssuedGiftCardView extends GiftCardView {
  @IsString() code!: string;
}

export const issueGiftCard = (cards: GiftCardIssuing): Route =>
  route<IssueGiftCardRequest>({
    method: 'POST',
    path: '/gift-cards',
    summary: 'Issue a gift card for your events',
    access: 'organizer',
    body: IssueGiftCardRequest,
    idempotencyKey: 'required',
    answers: {
      status: 201,
      description: 'The card and its code, which is told nowhere else.',
      body: IssuedGiftCardView,
    },
    async handle({ principal, body: { amountMinor, currency, expiresAt }, idempotency }) {
      const { card, code } = await cards.issue({
        organizerId: principal.userId,
        amount: money(amountMinor, currency),
        expiresAt,
        request: idempotency,
      });
      return { status: 201, body: { ...giftCardView(card), code } satisfies Plain<IssuedGiftCardView> };
    },
  });

export const askGiftCardBalance = (cards: GiftCardLookUp): Route =>
  route<GiftCardBalanceRequest>({
    method: 'POST',
    path: '/gift-cards/balance',
    summary: 'What is left on a gift card, for whoever knows its code',
    access: 'signed-in',
    body: GiftCardBalanceRequest,
    answers: { status: 200, description: 'The card', body: GiftCardView },
    async handle({ body }) {
      return { status: 200, body: giftCardView(await cards.find(body.code)) };
    },
  });

const giftCardView = ({ giftCardId, organizerId, balance, expiresAt }: GiftCard): Plain<GiftCardView> => ({
  giftCardId,
  organizerId,
  balance,
  ...(expiresAt === undefined ? {} : { expiresAt }),
});
