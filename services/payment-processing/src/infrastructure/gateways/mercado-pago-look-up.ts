import type { PaymentAtGateway } from '../../core/gateway';
import { object, text, UnreadableAnswer, type Json } from './answer';
import type { MercadoPago } from './mercado-pago-client';
import {
  fromPayment,
  fromPreference,
  isCaptured,
  isPaymentName,
  nameOf,
  ourIdOf,
  referenceFor,
} from './mercado-pago-wire';

/** By the name of its page, or of what was paid there. */
export async function paymentNamed(mercadoPago: MercadoPago, reference: string): Promise<PaymentAtGateway> {
  const { payments, preferences } = mercadoPago;
  if (isPaymentName(reference)) return fromPayment(object(await payments.get({ id: reference })));
  const preference = object(await preferences.get({ preferenceId: reference }));
  return fromPreference(preference, await paymentsFor(mercadoPago, ourIdOf(preference) ?? ''));
}

/** The name of what was paid there; undefined where nothing was. */
export async function capturedName(mercadoPago: MercadoPago, reference: string): Promise<string | undefined> {
  const { paymentId, outcome } = await paymentNamed(mercadoPago, reference);
  if (outcome.is !== 'captured') return undefined;
  if (isPaymentName(reference)) return reference;
  const paid = (await paymentsFor(mercadoPago, paymentId)).find(isCaptured);
  return paid && nameOf(paid);
}

/** The name of the page that was opened for one of our payments. */
export async function preferenceNamed(
  { preferences }: MercadoPago,
  paymentId: string,
): Promise<string | undefined> {
  const options: Search = { external_reference: referenceFor(paymentId) };
  const { elements } = object(await preferences.search({ options }));
  const [first] = Array.isArray(elements) ? elements.map(object) : [];
  return first && text(first, 'id');
}

/** All that was tried on the page of one of our payments. */
export async function paymentsFor({ payments }: MercadoPago, paymentId: string): Promise<readonly Json[]> {
  const options: Search = { external_reference: referenceFor(paymentId) };
  return resultsOf(await payments.search({ options }));
}

export function resultsOf(answer: unknown): readonly Json[] {
  const { results } = object(answer);
  if (!Array.isArray(results)) throw new UnreadableAnswer('results');
  return results.map(object);
}

/** A page that ends when it began can't be paid at: there is no other way to close one. */
export async function closePreference({ preferences }: MercadoPago, id: string): Promise<void> {
  const began = text(object(await preferences.get({ preferenceId: id })), 'date_created');
  const updatePreferenceRequest = { expires: true, expiration_date_from: began, expiration_date_to: began };
  await preferences.update({ id, updatePreferenceRequest } as Parameters<typeof preferences.update>[0]);
}

export type Search = Record<string, string | number>;
