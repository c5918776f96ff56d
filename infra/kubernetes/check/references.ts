import { subscriptions } from '@boxoffice/shared/contracts';
import type { Manifest } from '../manifest';
import { at, listAt, pairsAt, textAt } from './look';

type Look = (manifest: Manifest, all: readonly Manifest[]) => readonly string[];

/** What no schema knows: whether all that a manifest names is there, under that name. */
export const faultsInReferences = (all: readonly Manifest[]): readonly string[] =>
  all.flatMap((manifest) =>
    [...inNamespace(manifest, all), ...(looks[manifest.kind]?.(manifest, all) ?? [])].map(
      (fault) => `${manifest.kind} ${manifest.metadata.name}: ${fault}`,
    ),
  );

const inNamespace: Look = ({ kind, metadata: { namespace } }, all) =>
  kind === 'Namespace' ? [] : named(all, 'Namespace', namespace);

/** A fault unless there is one. */
const named = (all: readonly Manifest[], kind: string, name: unknown): readonly string[] =>
  all.some((each) => each.kind === kind && each.metadata.name === name) ? [] : [`no ${kind} ${String(name)}`];

/** The deployments whose pods bear these labels. */
const selected = (all: readonly Manifest[], labels: readonly [string, unknown][]): readonly Manifest[] =>
  all.filter(
    (each) =>
      each.kind === 'Deployment' &&
      labels.every(([key, value]) => at(each, 'spec', 'template', 'metadata', 'labels', key) === value),
  );

const selectsPods =
  (...path: readonly string[]): Look =>
  (manifest, all) => {
    const labels = pairsAt(manifest, ...path);
    return selected(all, labels).length > 0 ? [] : [`${path.join('.')} matches no pod`];
  };

const portNames = (deployment: unknown): readonly string[] =>
  listAt(deployment, 'spec', 'template', 'spec', 'containers').flatMap((container) =>
    listAt(container, 'ports').map((port) => textAt(port, 'name')),
  );

const service: Look = (manifest, all) => [
  ...selectsPods('spec', 'selector')(manifest, all),
  ...selected(all, pairsAt(manifest, 'spec', 'selector')).flatMap((deployment) =>
    listAt(manifest, 'spec', 'ports')
      .map((port) => textAt(port, 'targetPort'))
      .filter((port) => !portNames(deployment).includes(port))
      .map((port) => `no port ${port} in ${deployment.metadata.name}`),
  ),
];

const deployment: Look = (manifest, all) => {
  const pod = at(manifest, 'spec', 'template', 'spec');
  const own = selected([manifest], pairsAt(manifest, 'spec', 'selector', 'matchLabels'));
  const volumes = listAt(pod, 'volumes').map((volume) => textAt(volume, 'name'));
  const providers = listAt(pod, 'volumes').flatMap(
    (volume) => at(volume, 'csi', 'volumeAttributes', 'secretProviderClass') ?? [],
  );
  const secrets = all.flatMap((each) =>
    listAt(each, 'spec', 'secretObjects').map((object) => textAt(object, 'secretName')),
  );
  return [
    ...(own.length > 0 ? [] : ['its selector is not of its own pods']),
    ...named(all, 'ServiceAccount', at(pod, 'serviceAccountName')),
    ...providers.flatMap((name) => named(all, 'SecretProviderClass', name)),
    ...listAt(pod, 'containers').flatMap((container) => [
      ...listAt(container, 'envFrom').flatMap((from) => {
        const secret = textAt(from, 'secretRef', 'name');
        if (secret !== '') return secrets.includes(secret) ? [] : [`nothing makes the secret ${secret}`];
        return named(all, 'ConfigMap', at(from, 'configMapRef', 'name'));
      }),
      ...listAt(container, 'volumeMounts')
        .map((mount) => textAt(mount, 'name'))
        .filter((name) => !volumes.includes(name))
        .map((name) => `no volume ${name}`),
      ...['startupProbe', 'readinessProbe', 'livenessProbe']
        .map((probe) => at(container, probe, 'httpGet', 'port') ?? at(container, probe, 'tcpSocket', 'port'))
        .filter((port) => !portNames(manifest).includes(String(port)))
        .map((port) => `a probe asks at port ${String(port)}`),
    ]),
  ];
};

const scaledObject: Look = (manifest, all) => [
  ...named(all, 'Deployment', at(manifest, 'spec', 'scaleTargetRef', 'name')),
  ...listAt(manifest, 'spec', 'triggers').flatMap((trigger) => {
    const authentication = at(trigger, 'authenticationRef', 'name');
    const topic = textAt(trigger, 'metadata', 'topicName');
    const name = textAt(trigger, 'metadata', 'subscriptionName');
    const known = subscriptions.some((each) => each.topic === topic && each.subscription === name);
    return [
      ...(authentication === undefined ? [] : named(all, 'TriggerAuthentication', authentication)),
      ...(textAt(trigger, 'type') === 'azure-servicebus' && !known
        ? [`no subscription ${name} of ${topic}`]
        : []),
    ];
  }),
];

/** `name.namespace.svc.cluster.local` */
const called = (all: readonly Manifest[], host: string): readonly string[] =>
  all.some(
    ({ kind, metadata: { name, namespace } }) =>
      kind === 'Service' && host === `${name}.${namespace ?? ''}.svc.cluster.local`,
  )
    ? []
    : [`no Service is called ${host}`];

const virtualService: Look = (manifest, all) => [
  ...listAt(manifest, 'spec', 'gateways').flatMap((name) => named(all, 'Gateway', name)),
  ...listAt(manifest, 'spec', 'http').flatMap((http) =>
    listAt(http, 'route').flatMap((route) => called(all, textAt(route, 'destination', 'host'))),
  ),
];

const looks: Readonly<Record<string, Look>> = {
  Deployment: deployment,
  Service: service,
  ScaledObject: scaledObject,
  VirtualService: virtualService,
  DestinationRule: (manifest, all) => called(all, textAt(manifest, 'spec', 'host')),
  PodDisruptionBudget: selectsPods('spec', 'selector', 'matchLabels'),
  NetworkPolicy: selectsPods('spec', 'podSelector', 'matchLabels'),
  AuthorizationPolicy: selectsPods('spec', 'selector', 'matchLabels'),
};
