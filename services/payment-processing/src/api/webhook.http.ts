import { route, type Route } from '@boxoffice/shared/http';
import type { WebhookHearing } from '../core/hear-webhook';

export const hearWebhook = (webhooks: WebhookHearing): Route =>
  route({
    method: 'POST',
    path: '/payments/webhook/{gateway}',
    summary: 'For gateways: what became of a payment or a refund',
    access: 'anyone', // the signature over the bytes says who it is
    rawBody: true,
    answers: { status: 204, description: 'Heard, now or before' },
    async handle({ params, raw, headers }) {
      await webhooks.hear({ gateway: params['gateway'] ?? '', rawBody: raw, headers });
      return { status: 204 };
    },
  });
