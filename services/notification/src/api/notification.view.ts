import { IsInstant, IsPlainText } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Notification } from '../core/notification';
import type { Occasion } from '../core/occasion';

export class NotificationView {
  @IsString() notificationId!: string;
  @IsIn(['tickets', 'refund', 'cancellation', 'transfer', 'offer']) kind!: Occasion['kind'];
  @IsIn(['email']) channel!: 'email';
  @IsPlainText(160) eventTitle!: string;
  @IsIn(['queued', 'sending', 'sent', 'failed', 'expired'])
  state!: 'queued' | 'sending' | 'sent' | 'failed' | 'expired';
  @IsInt() attempts!: number;
  @IsInstant() queuedAt!: Instant;
  /** When it will be tried next, while it is queued. */
  @IsOptional() @IsInstant() dueAt?: Instant;
  @IsOptional() @IsInstant() sentAt?: Instant;
  @IsOptional() @IsInstant() failedAt?: Instant;
  /** When it turned out to be too late to send it. */
  @IsOptional() @IsInstant() expiredAt?: Instant;
}

export class NotificationPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => NotificationView) items!: NotificationView[];
  @IsOptional() @IsString() nextCursor?: string;
}

type Plain = { readonly [Member in keyof NotificationView]: NotificationView[Member] };

export function viewOf({ notificationId, kind, eventTitle, queuedAt, progress }: Notification): Plain {
  const { state, attempts } = progress;
  return {
    notificationId,
    kind,
    channel: 'email',
    eventTitle,
    state,
    attempts,
    queuedAt,
    ...(progress.state === 'queued' ? { dueAt: progress.dueAt } : {}),
    ...(progress.state === 'sent' ? { sentAt: progress.sentAt } : {}),
    ...(progress.state === 'failed' ? { failedAt: progress.failedAt } : {}),
    ...(progress.state === 'expired' ? { expiredAt: progress.expiredAt } : {}),
  };
}
