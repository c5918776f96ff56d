import type { ServiceName } from '@boxoffice/shared/contracts';
import type { App } from './app';
import { labelsOf, namespace, partOf, port, selectorOf, type Custom } from './manifest';
import { waysTo } from './routing';
import type { Door } from './settings';

/** Where the add-on has its gateways, and its control plane. */
export const gatewayNamespace = 'aks-istio-ingress';
export const meshNamespace = 'aks-istio-system';
/** Reachable from the network alone: API Management is in front. */
const gateway = 'aks-istio-ingressgateway-internal';

type MeshDoor = Extract<Door, { kind: 'mesh' }>;

/** Mutual TLS between gateway and services, which nobody else may call. */
export const meshOf = (apps: readonly App[], door: MeshDoor): readonly Custom<object>[] => [
  mutualTls(),
  nobody(),
  ...apps.flatMap(({ name }) => [gatewayAlone(name), towards(name)]),
  entrance(door),
  ways(apps, door),
];

const mutualTls = (): Custom<object> => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'mutual-tls', namespace, labels: partOf },
  spec: { mtls: { mode: 'STRICT' } },
});

const nobody = (): Custom<object> => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'nobody', namespace, labels: partOf },
  spec: {},
});

const gatewayAlone = (name: ServiceName): Custom<object> => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name, namespace, labels: labelsOf(name) },
  spec: {
    selector: { matchLabels: selectorOf(name) },
    action: 'ALLOW',
    rules: [
      {
        from: [{ source: { namespaces: [gatewayNamespace] } }],
        // Not the host's own pages.
        to: [{ operation: { ports: [String(port)], paths: ['/api/v1/*'] } }],
      },
    ],
  },
});

const towards = (name: ServiceName): Custom<object> => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name, namespace, labels: labelsOf(name) },
  spec: {
    host: hostOf(name),
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL' },
      // A pod that only fails is left alone for a while, but never half of them.
      outlierDetection: {
        consecutive5xxErrors: 10,
        interval: '10s',
        baseEjectionTime: '30s',
        maxEjectionPercent: 50,
      },
    },
  },
});

const entrance = ({ host }: MeshDoor): Custom<object> => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'api', namespace, labels: partOf },
  spec: {
    selector: { istio: gateway },
    servers: [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: [host],
        // A secret in the gateway's namespace: the README says how it gets there.
        tls: { mode: 'SIMPLE', credentialName: 'boxoffice-certificate', minProtocolVersion: 'TLSV1_2' },
      },
    ],
  },
});

const ways = (apps: readonly App[], { host }: MeshDoor): Custom<object> => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'api', namespace, labels: partOf },
  spec: {
    hosts: [host],
    gateways: ['api'],
    http: waysTo(apps.map(({ service }) => service)).map(({ to, ...path }) => ({
      match: [{ uri: path }],
      route: [{ destination: { host: hostOf(to), port: { number: 80 } } }],
      // Only what no pod has seen is sent again: whether to repeat more is for the caller to say.
      retries: { attempts: 2, retryOn: 'connect-failure,refused-stream' },
    })),
  },
});

const hostOf = (name: ServiceName): string => `${name}.${namespace}.svc.cluster.local`;
