import type { Bug } from './bug';
import { leavingOut } from './statements';
import { changeGateway, changeRoute } from './wrap';

interface Statement {
  readonly credits: readonly { readonly bankId: string }[];
}

interface Due {
  readonly items: readonly { readonly payerIban?: string }[];
}

/** Mistakes about bank transfers. */
export const transferBugs: readonly Bug[] = [
  {
    name: 'statement-counts-twice',
    what: 'an entry that stands on a second statement is taken for more money',
    service: (service, platform) =>
      changeRoute('POST', '/bank-statements', (handle) => async (request) => {
        const { credits } = request.body as Statement;
        const anew = credits.map((one) => ({ ...one, bankId: `${one.bankId}-${platform.ids.next()}` }));
        return handle(Object.create(request, { body: { value: { credits: anew } } }) as typeof request);
      })(service, platform),
  },
  {
    name: 'announced-taken-for-come',
    what: 'who says that they will pay by transfer counts as having paid',
    container: changeGateway((gateway) => ({
      authorise: async (order) => {
        const opened = await gateway.authorise(order);
        if (gateway.name !== 'bank-transfer') return opened;
        const capturedAt = order.expiresAt;
        return { ...opened, outcome: { is: 'captured', amount: order.amount, capturedAt } };
      },
    })),
  },
  {
    name: 'surplus-kept',
    what: 'of what is more than was to be paid nobody is told that it has to go back',
    platform: leavingOut('outgoingTransfers', (row) => row.includes('surplus')),
  },
  {
    name: 'return-forgotten',
    what: 'what was paid for nothing is said to go back, and stands on no list',
    platform: leavingOut('outgoingTransfers', (row) => row.includes('return')),
  },
  {
    name: 'sent-to-another',
    what: 'the list of what is to be sent back has lines and accounts out of step',
    service: (service, platform) => {
      let before: string | undefined;
      return changeRoute('GET', '/bank-transfers/due', (handle) => async (request) => {
        const reply = await handle(request);
        const { items } = reply.body as Due;
        const others = items.map((item) => {
          const payerIban = before ?? item.payerIban;
          before = item.payerIban;
          return { ...item, payerIban };
        });
        return { ...reply, body: { ...(reply.body as Due), items: others } };
      })(service, platform);
    },
  },
];
