import type { ServiceAccount } from 'kubernetes-types/core/v1';
import type { App } from './app';
import { labelsOf, namespace, type Manifest } from './manifest';

/** Whose tokens Entra exchanges for those of the service's identity: cluster.bicep has the other half. */
export const serviceAccountOf = ({ name, clientId }: App): ServiceAccount & Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace,
    labels: labelsOf(name),
    annotations: { 'azure.workload.identity/client-id': clientId },
  },
});
