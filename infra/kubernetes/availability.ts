import type { Service } from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { App } from './app';
import { labelsOf, namespace, selectorOf, type Manifest } from './manifest';
import type { Door } from './settings';

/** Where a service is called. */
export const serviceOf = ({ name }: App, door: Door): Service & Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name,
    namespace,
    labels: labelsOf(name),
    ...(door.kind === 'addresses' && {
      annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
    }),
  },
  spec: {
    ...(door.kind === 'addresses'
      ? // Local: the pod sees who calls, and network.ts lets API Management in alone.
        { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }
      : { type: 'ClusterIP' }),
    selector: selectorOf(name),
    ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
  },
});

/** Nodes are emptied one pod of a service at a time; one that is not ready holds nobody up. */
export const disruptionBudgetOf = ({ name }: App): PodDisruptionBudget & Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace, labels: labelsOf(name) },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: selectorOf(name) },
  },
});
