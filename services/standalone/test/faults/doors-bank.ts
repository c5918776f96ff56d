import { creditBody } from './bank';
import type { Door } from './door';
import { neverWas, newKey } from './scene';

const faulty = (...fields: readonly string[]) => ({ status: 400, code: 'invalid-request', fields });

/** Bank transfers, and what an administrator does about them. */
export const bankDoors: readonly Door[] = [
  {
    route: 'GET /payments/{paymentId}/transfer-instructions',
    as: 'ben',
    params: ({ bank }) => ({ paymentId: bank.bens.paymentId }),
    unknown: { paymentId: 'payment-not-found' },
    foreign: ({ bank }) => ({ paymentId: bank.eves.paymentId }),
    own: [
      {
        what: 'a payment at another gateway',
        change: ({ bank, bens }, { url }) => ({
          url: url.replace(bank.bens.paymentId, bens.bought.paymentId),
        }),
        told: { status: 404, code: 'transfer-not-found' },
      },
    ],
  },
  {
    route: 'POST /bank-statements',
    as: 'ada',
    body: () => ({ credits: [creditBody(newKey())] }),
    own: [
      {
        what: 'more entries than a statement may have',
        change: () => ({ body: { credits: Array.from({ length: 501 }, (_, i) => creditBody(`many-${i}`)) } }),
        told: faulty('credits'),
      },
      {
        what: 'two entries that are wrong, each in its own way',
        change: () => ({
          body: {
            credits: [
              { ...creditBody('wrong-1'), amountMinor: 0 },
              { ...creditBody('wrong 2'), bookedAt: '2027-02-30T00:00:00Z', payerIban: 'nowhere' },
            ],
          },
        }),
        told: faulty(
          'credits[0].amountMinor',
          'credits[1].bankId',
          'credits[1].bookedAt',
          'credits[1].payerIban',
        ),
      },
    ],
  },
  { route: 'GET /bank-statements/unmatched', as: 'ada' },
  {
    route: 'POST /bank-statements/unmatched/{creditId}/assign',
    as: 'ada',
    params: ({ bank }) => ({ creditId: bank.stray[0] }),
    body: ({ bank }) => ({ paymentId: bank.bens.paymentId }),
    unknown: { creditId: 'credit-not-found' },
    own: [
      {
        what: 'a payment that never was',
        change: () => ({ body: { paymentId: neverWas } }),
        told: { status: 404, code: 'transfer-not-found' },
      },
      {
        what: 'a credit that goes back',
        change: ({ bank }, { url }) => ({ url: url.replace(bank.stray[0], bank.outgoingId) }),
        told: { status: 409, code: 'credit-settled', facts: { state: 'returned' } },
      },
    ],
  },
  {
    route: 'POST /bank-statements/unmatched/{creditId}/return',
    as: 'ada',
    params: ({ bank }) => ({ creditId: bank.stray[1] }),
    unknown: { creditId: 'credit-not-found' },
  },
  { route: 'GET /bank-transfers/due', as: 'ada' },
  {
    route: 'POST /bank-transfers/{outgoingId}/done',
    as: 'ada',
    params: ({ bank }) => ({ outgoingId: bank.outgoingId }),
    unknown: { outgoingId: 'transfer-not-found' },
  },
];
