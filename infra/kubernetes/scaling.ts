import { subscriptions } from '@boxoffice/shared/contracts';
import type { App } from './app';
import { labelsOf, namespace, partOf, selectorOf, type Custom } from './manifest';
import type { ClusterSettings } from './settings';

/** What one pod is to bear. Guesses until somebody has measured pods. */
const bearable = {
  processorPercent: 60,
  /** Waiting in one subscription. */
  messages: 50,
  requestsASecond: 200,
} as const;
const fewest = 2;
const most = 20;

const counting = 'count-messages';
const asking = 'ask-prometheus';

interface TriggerAuthentication {
  readonly podIdentity: { readonly provider: 'azure-workload'; readonly identityId: string };
}

/** KEDA's own eyes: an identity that may look at subscriptions and figures. The services' identities stay theirs. */
export function authenticationsOf(cluster: ClusterSettings): readonly Custom<TriggerAuthentication>[] {
  const named = (name: string): Custom<TriggerAuthentication> => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name, namespace, labels: partOf },
    spec: { podIdentity: { provider: 'azure-workload', identityId: cluster.scalerClientId } },
  });
  return [named(counting), ...(prometheusOf(cluster) === undefined ? [] : [named(asking)])];
}

interface Trigger {
  readonly type: 'cpu' | 'azure-servicebus' | 'prometheus';
  readonly metricType?: 'Utilization';
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string };
}

interface ScaledObject {
  readonly scaleTargetRef: { readonly name: string };
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly pollingInterval: number;
  readonly triggers: readonly Trigger[];
  readonly advanced: object;
}

/** As many pods as the trigger asks for that asks for most. */
export const scaledObjectOf = ({ name }: App, cluster: ClusterSettings): Custom<ScaledObject> => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name, namespace, labels: labelsOf(name) },
  spec: {
    scaleTargetRef: { name },
    minReplicaCount: fewest,
    maxReplicaCount: most,
    pollingInterval: 15,
    // Sales open on the minute: up at once, and down without haste.
    advanced: {
      horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } },
    },
    triggers: [
      { type: 'cpu', metricType: 'Utilization', metadata: { value: String(bearable.processorPercent) } },
      ...messageTriggers(name, cluster),
      ...requestTriggers(name, cluster),
    ],
  },
});

const messageTriggers = (name: App['name'], { busHost }: ClusterSettings): readonly Trigger[] =>
  subscriptions
    .filter(({ subscription }) => subscription === name)
    .map(({ topic, subscription }) => ({
      type: 'azure-servicebus',
      metadata: {
        topicName: topic,
        subscriptionName: subscription,
        // KEDA puts the rest of the host name behind it.
        namespace: busHost.split('.')[0] ?? busHost,
        messageCount: String(bearable.messages),
      },
      authenticationRef: { name: counting },
    }));

function requestTriggers(name: App['name'], cluster: ClusterSettings): readonly Trigger[] {
  const serverAddress = prometheusOf(cluster);
  if (serverAddress === undefined) return [];
  const labels = `reporter="destination",destination_workload_namespace="${namespace}",destination_workload="${selectorOf(name)['app.kubernetes.io/name']}"`;
  return [
    {
      type: 'prometheus',
      metadata: {
        serverAddress,
        query: `sum(rate(istio_requests_total{${labels}}[1m]))`,
        threshold: String(bearable.requestsASecond),
      },
      authenticationRef: { name: asking },
    },
  ];
}

const prometheusOf = ({ door }: ClusterSettings): string | undefined =>
  door.kind === 'mesh' ? door.prometheus : undefined;
