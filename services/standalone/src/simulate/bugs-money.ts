import { Gateways, GatewayRefused, GatewaySilent, type Gateway } from '@boxoffice/payment-processing/main';
import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  InsertQueryNode,
  ReferenceNode,
  UpdateQueryNode,
  ValuesNode,
  WhereNode,
  type KyselyPlugin,
  type OperationNode,
  type RootOperationNode,
} from 'kysely';
import type { Bug } from './bug';
import { withStatements } from './wrap';

const changeGateway =
  (change: (gateway: Gateway, newKey: () => string) => Partial<Gateway>): NonNullable<Bug['container']> =>
  (container, service, platform) => {
    if (service !== 'payment-processing') return;
    const gateways = container.resolve<Gateways>(Gateways);
    const named = (name: string): Gateway | undefined => {
      const gateway = gateways.named(name);
      return gateway && { ...gateway, ...change(gateway, () => platform.ids.next()) };
    };
    container.registerInstance<Gateways>(Gateways, { names: gateways.names, named });
  };

const changeStatements = (
  change: (node: RootOperationNode) => RootOperationNode,
): NonNullable<Bug['platform']> => {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => change(node),
    transformResult: async ({ result }) => result,
  };
  return (platform, service) =>
    service === 'payment-processing' ? withStatements(platform, plugin) : platform;
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
    name: 'version-unchecked',
    what: 'rows are updated whatever their version is now, so that the later of two overwrites the earlier',
    weather: { latency: [0, 2_000], crash: 0 },
    platform: changeStatements((node) => {
      if (!UpdateQueryNode.is(node) || !node.where) return node;
      const rest = withoutVersion(node.where.where);
      return rest ? { ...node, where: WhereNode.create(rest) } : node;
    }),
  },
];

/** The condition without what it asks of the column `version`. */
function withoutVersion(node: OperationNode): OperationNode | undefined {
  if (AndNode.is(node)) {
    const [left, right] = [withoutVersion(node.left), withoutVersion(node.right)];
    return left && right ? AndNode.create(left, right) : (left ?? right);
  }
  if (!BinaryOperationNode.is(node) || !ReferenceNode.is(node.leftOperand)) return node;
  const { column } = node.leftOperand;
  return ColumnNode.is(column) && column.column.name === 'version' ? undefined : node;
}
