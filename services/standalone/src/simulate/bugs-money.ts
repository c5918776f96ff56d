import { GatewayRefused, GatewaySilent } from '@boxoffice/payment-processing/main';
import {
  createQueryId,
  InsertQueryNode,
  PrimitiveValueListNode,
  UpdateQueryNode,
  ValuesNode,
  WhereNode,
  type KyselyPlugin,
  type RootOperationNode,
} from 'kysely';
import { holdRefused, ticketsIssued, type Fact } from '@boxoffice/shared/contracts';
import type { Bug } from './bug';
import { changeStatements, leavingOut, withoutConditions, writingNothing } from './statements';
import { changeGateway, withConsumers, withStatements } from './wrap';

/** payment-processing never hears of this. */
const deafTo = (fact: Pick<Fact<object>, 'is'>): NonNullable<Bug['service']> => {
  return (service) =>
    service.name === 'payment-processing'
      ? withConsumers(service, (handle) => async (envelope, delivery) => {
          if (!fact.is(envelope)) await handle(envelope, delivery);
        })
      : service;
};

/** Mistakes about money. */
export const moneyBugs: readonly Bug[] = [
  {
    name: 'webhook-unchecked',
    what: 'whatever says that it comes from the gateway is believed',
    container: changeGateway(() => ({
      verifyWebhook: async (rawBody) => ({
        genuine: true,
        notice: JSON.parse(Buffer.from(rawBody).toString()) as never,
      }),
    })),
  },
  {
    name: 'refund-under-new-key',
    what: 'a refund that is asked for again is asked for under a new key, so that the gateway pays back twice',
    container: changeGateway((gateway, newKey) => ({
      refund: async (order) => ({
        ...(await gateway.refund({ ...order, refundId: newKey() })),
        refundId: order.refundId,
      }),
    })),
  },
  {
    name: 'silence-taken-for-no',
    what: 'a gateway that does not answer counts as one that refused',
    weather: { unavailable: 0.4, outcomeUnknown: 0.2, crash: 0 },
    container: changeGateway((gateway) => {
      const decided =
        <Asked, Told>(ask: (asked: Asked) => Promise<Told>) =>
        (asked: Asked) =>
          ask(asked).catch((error: unknown) => {
            throw error instanceof GatewaySilent ? new GatewayRefused(error.message) : error;
          });
      return {
        authorise: decided((order) => gateway.authorise(order)),
        refund: decided((order) => gateway.refund(order)),
      };
    }),
  },
  {
    name: 'ledger-one-sided',
    what: 'the second entry of each posting is left out',
    platform: changeStatements((node) => {
      if (!InsertQueryNode.is(node) || node.into?.table.identifier.name !== 'ledger') return node;
      return node.values && ValuesNode.is(node.values)
        ? { ...node, values: ValuesNode.create(node.values.values.slice(0, 1)) }
        : node;
    }),
  },
  {
    name: 'refund-not-posted',
    what: 'money that went back is not taken out of the gateway in the ledger',
    platform: leavingOut('ledger', ([transactionId]) => String(transactionId).startsWith('refund~')),
  },
  {
    name: 'posted-again',
    what: 'a movement is written a second time under another name',
    platform: changeStatements((node) => {
      if (!InsertQueryNode.is(node) || node.into?.table.identifier.name !== 'ledger') return node;
      if (!node.values || !ValuesNode.is(node.values)) return node;
      const again = node.values.values.map((row) =>
        PrimitiveValueListNode.is(row)
          ? PrimitiveValueListNode.create([`${String(row.values[0])}~again`, ...row.values.slice(1)])
          : row,
      );
      return { ...node, values: ValuesNode.create([...node.values.values, ...again]) };
    }),
  },
  {
    name: 'refund-forgotten',
    what: 'what is to be given back is owed in the ledger, and nowhere recorded to be done',
    platform: leavingOut('refunds', () => true),
  },
  {
    name: 'refusals-unheard',
    what: 'ticket-inventory says that nothing is left for a paid order, and nobody listens',
    service: deafTo(holdRefused),
  },
  {
    name: 'tickets-unheard',
    what: 'tickets were issued for a paid order, and it never learns of them',
    service: deafTo(ticketsIssued),
  },
  {
    name: 'posted-afterwards',
    what: 'the ledger is written after the commit of what it records, so that a crash in between leaves it unwritten',
    weather: { crash: 0.05 },
    platform: (platform, service) => {
      if (service !== 'payment-processing') return platform;
      const unposted: RootOperationNode[] = [];
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => {
          if (!InsertQueryNode.is(node) || node.into?.table.identifier.name !== 'ledger') return node;
          unposted.push(node);
          return writingNothing(node);
        },
        transformResult: async ({ result }) => result,
      };
      const database = platform.database<object>(service);
      const post = (node: RootOperationNode): Promise<unknown> =>
        database.transaction((tx) => tx.executeQuery(tx.getExecutor().compileQuery(node, createQueryId())));
      return withStatements(platform, plugin, () => {
        for (const node of unposted.splice(0)) post(node).catch(() => undefined);
      });
    },
  },
  {
    name: 'version-unchecked',
    what: 'rows are updated whatever their version is now, so that the later of two overwrites the earlier',
    weather: { latency: [0, 2_000], crash: 0 },
    platform: changeStatements((node) => {
      if (!UpdateQueryNode.is(node) || !node.where) return node;
      const rest = withoutConditions(node.where.where, ['version']);
      return rest ? { ...node, where: WhereNode.create(rest) } : node;
    }),
  },
];
