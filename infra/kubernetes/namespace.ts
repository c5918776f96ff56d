import type { Namespace } from 'kubernetes-types/core/v1';
import { namespace, partOf, type Manifest } from './manifest';
import type { Door } from './settings';

export function namespaceOf(door: Door): Namespace & Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        ...partOf,
        // The mesh's own container sets the pod's network up, which `restricted` refuses: there it only warns.
        ...(door.kind === 'mesh'
          ? { 'istio.io/rev': door.revision, 'pod-security.kubernetes.io/warn': 'restricted' }
          : { 'pod-security.kubernetes.io/enforce': 'restricted' }),
      },
    },
  };
}
