import { createHash } from 'node:crypto';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { Container, TopologySpreadConstraint, Volume } from 'kubernetes-types/core/v1';
import type { App } from './app';
import { labelsOf, namespace, port, secretsName, selectorOf, settingsName, type Manifest } from './manifest';
import type { ClusterSettings } from './settings';

/** Of the user that the image runs as. */
const userId = 1654;

/** How many there are, KEDA says: see scaling.ts. */
export function deploymentOf(app: App, cluster: ClusterSettings): Deployment & Manifest {
  const { name } = app;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      selector: { matchLabels: selectorOf(name) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: {
          labels: { ...labelsOf(name), 'azure.workload.identity/use': 'true' },
          // Pods read their settings once: other settings are other pods.
          annotations: { 'boxoffice/settings': digest(app.settings) },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          // The longest function may run for five minutes; what is cut off comes again, for everything here may come twice.
          terminationGracePeriodSeconds: 120,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: userId,
            runAsGroup: userId,
            fsGroup: userId,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
            (key): TopologySpreadConstraint => ({
              maxSkew: 1,
              topologyKey: key,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selectorOf(name) },
            }),
          ),
          containers: [containerOf(app, cluster)],
          volumes: volumesOf(app),
        },
      },
    },
  };
}

const containerOf = ({ name, secrets }: App, { registry, imageTag }: ClusterSettings): Container => ({
  name,
  image: `${registry}/boxoffice/${name}:${imageTag}`,
  ports: [{ name: 'http', containerPort: port }],
  envFrom: [
    { configMapRef: { name: settingsName(name) } },
    ...(secrets.length > 0 ? [{ secretRef: { name: secretsName(name) } }] : []),
  ],
  resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
  startupProbe: { tcpSocket: { port: 'http' }, periodSeconds: 2, failureThreshold: 60 },
  // Health says no while a database is away, too. Then requests should go elsewhere; a restart would mend nothing.
  readinessProbe: {
    httpGet: { path: `/api/v1/${name}/health`, port: 'http' },
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  },
  livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
  // Callers hear that a pod leaves a moment after it is told to.
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [
    { name: 'temporary', mountPath: '/tmp' },
    ...(secrets.length > 0 ? [{ name: 'secrets', mountPath: '/mnt/secrets', readOnly: true }] : []),
  ],
});

const volumesOf = ({ name, secrets }: App): Volume[] => [
  { name: 'temporary', emptyDir: { sizeLimit: '512Mi' } },
  ...(secrets.length > 0
    ? [
        {
          name: 'secrets',
          csi: {
            driver: 'secrets-store.csi.k8s.io',
            readOnly: true,
            volumeAttributes: { secretProviderClass: secretsName(name) },
          },
        },
      ]
    : []),
];

const digest = (settings: App['settings']): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(settings).sort()))
    .digest('hex')
    .slice(0, 16);
