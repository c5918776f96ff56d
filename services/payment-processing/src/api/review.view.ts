import { IsId, IsInstant, IsPlainText, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Reviewed } from '../core/fraud/decide-review';
import type { WaitingReview } from '../core/fraud/ports';
import type { ReviewState } from '../core/fraud/review';
import type { PaymentState } from '../core/payment';
import { MoneyView } from './order.view';
import { paymentStates } from './payment.view';

export class DecideReviewRequest {
  /** `approve`: it is captured. `reject`: it is taken back at the gateway. */
  @IsString() @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  /** Why, for those who ask later. */
  @IsOptional() @IsPlainText(1000, { lines: true }) note?: string;
}

export class ReasonView {
  /** `account.declines.hour` */
  @IsString() rule!: string;
  @IsIn(['review', 'refuse']) says!: string;
  @IsInt() stands!: number;
  @IsInt() limit!: number;
}

export class WaitingReviewView {
  @IsId() paymentId!: string;
  @IsId() orderId!: string;
  @IsId() eventId!: string;
  @IsString() userId!: string;
  @IsString() gateway!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ReasonView) reasons!: readonly ReasonView[];
  @IsInstant() openedAt!: string;
  /** Until then: afterwards it is taken back. */
  @IsInstant() decideBy!: string;
}

export class ReviewPageView {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => WaitingReviewView)
  items!: readonly WaitingReviewView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class ReviewedView {
  @IsId() paymentId!: string;
  @IsIn(['approved', 'rejected']) state!: ReviewState;
  @IsOptional() @IsString() decidedBy?: string;
  @IsOptional() @IsInstant() decidedAt?: string;
  /** `authorised` where the gateway has not answered yet: it is asked again by itself. */
  @IsIn([...paymentStates]) paymentState!: PaymentState;
}

export const waitingReviewView = (review: WaitingReview): Plain<WaitingReviewView> => ({
  paymentId: review.paymentId,
  orderId: review.orderId,
  eventId: review.eventId,
  userId: review.userId,
  gateway: review.gateway,
  amount: review.amount,
  reasons: review.reasons,
  openedAt: review.openedAt,
  decideBy: review.decideBy,
});

export const reviewedView = ({ review, payment }: Reviewed): Plain<ReviewedView> => ({
  paymentId: review.paymentId,
  state: review.state,
  ...(review.decidedBy === undefined ? {} : { decidedBy: review.decidedBy }),
  ...(review.decidedAt === undefined ? {} : { decidedAt: review.decidedAt }),
  paymentState: payment.state,
});
