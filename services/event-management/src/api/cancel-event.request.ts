import { IsPlainText } from '@boxoffice/shared/http';

export class CancelEventRequest {
  /** Shown on the event's page. */
  @IsPlainText(500, { lines: true }) reason!: string;
}
