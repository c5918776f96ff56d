import type { ConfigMap } from 'kubernetes-types/core/v1';
import { stringify } from 'yaml';
import type { App } from './app';
import { labelsOf, namespace, secretsName, settingsName, type Custom, type Manifest } from './manifest';
import type { ClusterSettings } from './settings';

export const configMapOf = ({ name, settings }: App): ConfigMap & Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: settingsName(name), namespace, labels: labelsOf(name) },
  data: settings,
});

interface SecretProvider {
  readonly provider: 'azure';
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects: readonly {
    readonly secretName: string;
    readonly type: string;
    readonly data: readonly { readonly objectName: string; readonly key: string }[];
  }[];
}

/** Fetches the service's secrets from its vault as the service, when a pod is started. */
export const secretProviderOf = (
  { name, secrets, clientId }: App,
  { tenantId }: ClusterSettings,
): Custom<SecretProvider> => ({
  apiVersion: 'secrets-store.csi.x-k8s.io/v1',
  kind: 'SecretProviderClass',
  metadata: { name: secretsName(name), namespace, labels: labelsOf(name) },
  spec: {
    provider: 'azure',
    parameters: {
      clientID: clientId,
      tenantId,
      keyvaultName: secrets[0]?.vault ?? '',
      // The provider wants YAML of YAML.
      objects: stringify({
        array: secrets.map((secret) => stringify({ objectName: secret.name, objectType: 'secret' })),
      }),
    },
    secretObjects: [
      {
        secretName: secretsName(name),
        type: 'Opaque',
        data: secrets.map((secret) => ({ objectName: secret.name, key: secret.setting })),
      },
    ],
  },
});
