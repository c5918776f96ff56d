import type { Payment, PaymentRefund, Preference } from 'mercadopago';

export interface MercadoPago {
  readonly preferences: Preference;
  readonly payments: Payment;
  readonly refunds: PaymentRefund;
}

/** For one call: the package keeps the options of the last one for the next. */
export async function loadMercadoPago(accessToken: string, timeout: number) {
  const { MercadoPagoConfig, Payment, PaymentRefund, Preference } = await import('mercadopago');
  return (idempotencyKey?: string): MercadoPago => {
    const options = {
      timeout,
      maxRetries: 0,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      // Without it a refund that is being made is answered like one that is refused:
      // https://www.mercadopago.com.br/developers/en/docs/checkout-api/payment-management/cancellations-and-refunds/refund-pix
      headers: { Authorization: `Bearer ${accessToken}`, 'X-Render-In-Process-Refunds': 'true' },
    };
    const config = () => new MercadoPagoConfig({ accessToken, options });
    return {
      preferences: new Preference(config()),
      payments: new Payment(config()),
      refunds: new PaymentRefund(config()),
    };
  };
}
