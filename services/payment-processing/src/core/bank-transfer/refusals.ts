import { Refusal } from '@boxoffice/shared/kernel';

export const transferNotFound = (): Refusal =>
  new Refusal('transfer-not-found', 'There is no such payment by bank transfer.');
export const creditNotFound = (): Refusal =>
  new Refusal('credit-not-found', 'No such credit was ever booked.');
export const creditSettled = (state: string): Refusal =>
  new Refusal('credit-settled', 'It was said before what this credit is for.', { state });
export const creditDoesNotFit = (why: string): Refusal =>
  new Refusal(
    'credit-does-not-fit',
    'This credit can’t pay that payment. Assign it to another, or return it.',
    { why },
  );
