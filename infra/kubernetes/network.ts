import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import { gatewayNamespace, meshNamespace } from './mesh';
import { namespace, partOf, port, type Manifest } from './manifest';
import type { Door } from './settings';

const inNamespace = (name: string): NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const tcp = (each: number, endPort?: number) => ({
  protocol: 'TCP' as const,
  port: each,
  ...(endPort === undefined ? {} : { endPort }),
});

/** Nobody calls a service but its door, and services call Azure alone. The node itself asks for their health. */
export function networkPolicyOf(door: Door): NetworkPolicy & Manifest {
  const mesh = door.kind === 'mesh';
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'services', namespace, labels: partOf },
    spec: {
      podSelector: { matchLabels: partOf },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [mesh ? inNamespace(gatewayNamespace) : { ipBlock: { cidr: door.callers } }],
          ports: [tcp(port)],
        },
        // Who gathers the mesh's figures.
        ...(mesh && door.prometheus ? [{ from: [inNamespace('kube-system')], ports: [tcp(15_020)] }] : []),
      ],
      egress: [
        {
          to: [inNamespace('kube-system')],
          ports: [tcp(53), { protocol: 'UDP', port: 53 }],
        },
        {
          // Not the address at which a node tells who it is itself.
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }],
          // HTTPS, Service Bus, and Azure SQL with the ports that it sends clients on to.
          ports: [tcp(443), tcp(5671), tcp(1433), tcp(11_000, 11_999)],
        },
        ...(mesh ? [{ to: [inNamespace(meshNamespace)], ports: [tcp(15_012)] }] : []),
      ],
    },
  };
}
