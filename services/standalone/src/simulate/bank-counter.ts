import { GatewayResting, GatewaySilent, type Gateway } from '@boxoffice/payment-processing/main';
import type { CallFaults, Process } from '@boxoffice/shared/platform/simulated';
import type { Bank } from './bank';
import { seen, seenRefund } from './bank-books';
import { isSealed } from './bank-notices';

/** As in the adapters' policies: after so many silences in a row a gateway is left alone for so long. */
const breaker = { failures: 3, restMilliseconds: 10_000 } as const;

/** One process's way to a bank, which may not answer, with a circuit breaker on it. */
export function counterOf(bank: Bank, process: Process): Gateway {
  const { around } = process;
  let silences = 0;
  let restsUntil = -Infinity;
  const faults: CallFaults = {
    refusal: () =>
      bank.isClosed || around.random.chance(around.faults.unavailable)
        ? new GatewaySilent('the bank is not there')
        : undefined,
    unheard: () => new GatewaySilent('the bank did not answer'),
  };
  const ask = async <T>(what: string, effect: () => T): Promise<T> => {
    if (around.schedule.now < restsUntil) throw new GatewayResting(`${bank.name} is left alone`);
    try {
      const answer = await process.call(`${bank.name}: ${what}`, effect, faults);
      silences = 0;
      return answer;
    } catch (error) {
      silences = error instanceof GatewaySilent ? silences + 1 : 0;
      if (silences >= breaker.failures) {
        around.tally('gateway left alone');
        restsUntil = around.schedule.now + breaker.restMilliseconds;
      }
      throw error;
    }
  };
  return {
    name: bank.name,
    abilities: { methods: ['card'], capturesLater: true },
    authorise: (order) => ask(`open ${order.paymentId}`, () => seen(bank.open(order))),
    capture: (reference) => ask(`capture ${reference}`, () => seen(bank.capture(reference))),
    lookUp: (reference) => ask(`look up ${reference}`, () => seen(bank.known(reference))),
    cancel: (reference) => ask(`cancel ${reference}`, () => seen(bank.cancel(reference))),
    refund: (order) => ask(`refund ${order.refundId}`, () => seenRefund(bank.giveBack(order))),
    lookUpRefund: (reference) =>
      ask(`look up refund ${reference}`, () => seenRefund(bank.knownRefund(reference))),
    movements: (since, until) => bank.movements(since, until),
    verifyWebhook: async (rawBody, headers) =>
      isSealed(headers)
        ? { genuine: true, notice: JSON.parse(Buffer.from(rawBody).toString()) as never }
        : { genuine: false, fault: 'forged' },
  };
}
