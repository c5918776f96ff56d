import type { ServiceName } from '@boxoffice/shared/contracts';
import { readSettings, type SettingKinds } from '@boxoffice/shared/kernel';
import type { Environment } from '../composed/compose-from';

/** What the cluster is told, besides the services' own settings. */
export interface ClusterSettings {
  readonly tenantId: string;
  /** Of the Container Registry: `crboxoffice….azurecr.io`. */
  readonly registry: string;
  readonly imageTag: string;
  /** Of the identity that KEDA counts messages with. */
  readonly scalerClientId: string;
  /** `sb-boxoffice-….servicebus.windows.net` */
  readonly busHost: string;
  readonly door: Door;
}

/** How requests come in: to each service at an address within the network, or to all through the mesh's gateway. */
export type Door =
  | {
      readonly kind: 'addresses';
      /** Of API Management, which alone may call: `10.0.4.0/24`. */
      readonly callers: string;
    }
  | {
      readonly kind: 'mesh';
      /** Of the Istio add-on: `asm-1-27`. */
      readonly revision: string;
      /** Under which the gateway is called. */
      readonly host: string;
      /** Where the mesh's figures are asked for; undefined: pods are counted by processor time and messages alone. */
      readonly prometheus: string | undefined;
    };

/** The deployment's outputs under their names, and those of cluster.bicep. Throws SettingsIncomplete naming all that is missing. */
export const readClusterSettings = (environment: Environment, mesh: boolean): ClusterSettings =>
  readSettings(environment, (setting) => ({
    tenantId: setting.text('AZURE_TENANT_ID'),
    registry: setting.text('CONTAINER_REGISTRY'),
    imageTag: needed(setting, 'IMAGE_TAG', /^(?!latest$)[\w.-]+$/, 'one version (latest is none)'),
    scalerClientId: needed(setting, 'SCALER_CLIENT_ID', ...clientId),
    busHost: setting.text('SERVICE_BUS_NAMESPACE'),
    door: mesh
      ? {
          kind: 'mesh',
          revision: setting.text('ISTIO_REVISION'),
          host: setting.text('API_HOST'),
          prometheus: setting.textOr('PROMETHEUS_ENDPOINT', '') || undefined,
        }
      : {
          kind: 'addresses',
          callers: needed(setting, 'API_MANAGEMENT_SUBNET', /^[\d.]+\/\d+$/, 'a range like 10.0.4.0/24'),
        },
  }));

/** `SERVICE_TICKET_INVENTORY_KEY_VAULT_URL` is ticket-inventory's own KEY_VAULT_URL. */
const prefixOf = (service: ServiceName): string => `SERVICE_${service.toUpperCase().replaceAll('-', '_')}_`;

/** The environment of one service: what is said for it alone counts more than what is said for all. */
export function environmentOf(service: ServiceName, environment: Environment): Environment {
  const prefix = prefixOf(service);
  const own = Object.entries(environment).filter(([name]) => name.startsWith(prefix));
  return {
    ...environment,
    ...Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])),
  };
}

export interface PodSettings {
  /** Of the service's identity. */
  readonly clientId: string;
  /** Of the account where the Functions host keeps its leases: an address of blobs. */
  readonly hostStorage: string;
}

export const readPodSettings = (service: ServiceName, environment: Environment): PodSettings =>
  readSettings(environment, (setting) => ({
    clientId: needed(setting, `${prefixOf(service)}IDENTITY_CLIENT_ID`, ...clientId),
    hostStorage: needed(setting, `${prefixOf(service)}AzureWebJobsStorage__blobServiceUri`, ...address),
  }));

const clientId = [/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'the client id of an identity'] as const;
const address = [/^https:\/\/[\w.-]+\/?$/, 'an address like https://name.example/'] as const;

function needed(setting: SettingKinds, name: string, form: RegExp, kind: string): string {
  setting.text(name);
  return setting.readOr(name, '', (value) => {
    if (!form.test(value)) throw new Error(`${value} is not ${kind}`);
    return value;
  });
}
