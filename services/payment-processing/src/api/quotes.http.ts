import { route, type Route } from '@boxoffice/shared/http';
import type { PriceQuoting } from '../core/quote-price';
import { PlaceOrderRequest } from './place-order.request';
import { wishesOf } from './place-order.http';
import { PriceView, priceView } from './price.view';

export const quotePrice = (quoting: PriceQuoting): Route =>
  route<PlaceOrderRequest>({
    method: 'POST',
    path: '/quotes',
    summary: 'What an order would cost now; answers to the event’s questions are not looked at yet',
    access: 'signed-in',
    body: PlaceOrderRequest,
    bodyLimit: 262_144,
    answers: { status: 200, description: 'The price. Nothing is reserved.', body: PriceView },
    async handle({ principal, body }) {
      const { userId } = principal;
      const price = await quoting.quote({
        userId,
        holdToken: body.holdToken,
        ...wishesOf(principal, body),
      });
      return { status: 200, body: priceView(price) };
    },
  });
