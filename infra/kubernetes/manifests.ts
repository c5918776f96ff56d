import { services } from '@boxoffice/shared/contracts';
import { appOf, type App } from './app';
import { disruptionBudgetOf, serviceOf } from './availability';
import { configMapOf, secretProviderOf } from './configuration';
import { deploymentOf } from './deployment';
import { serviceAccountOf } from './identity';
import type { Manifest } from './manifest';
import { meshOf } from './mesh';
import { namespaceOf } from './namespace';
import { networkPolicyOf } from './network';
import { authenticationsOf, scaledObjectOf } from './scaling';
import { allOf } from '../composed/all-of';
import type { Environment } from '../composed/compose-from';
import { readClusterSettings, type ClusterSettings } from './settings';

/** All of Boxoffice in a cluster, in the order to apply it. Throws SettingsIncomplete with all that is missing, a line each. */
export function manifestsOf(environment: Environment, { mesh = false } = {}): readonly Manifest[] {
  const [cluster, apps] = allOf([
    () => readClusterSettings(environment, mesh),
    () => allOf(services.map((name) => () => appOf(name, environment))),
  ]);
  return [
    namespaceOf(cluster.door),
    networkPolicyOf(cluster.door),
    ...(cluster.door.kind === 'mesh' ? meshOf(apps, cluster.door) : []),
    ...authenticationsOf(cluster),
    ...apps.flatMap((app) => manifestsOfApp(app, cluster)),
  ];
}

const manifestsOfApp = (app: App, cluster: ClusterSettings): readonly Manifest[] => [
  serviceAccountOf(app),
  configMapOf(app),
  ...(app.secrets.length > 0 ? [secretProviderOf(app, cluster)] : []),
  deploymentOf(app, cluster),
  serviceOf(app, cluster.door),
  disruptionBudgetOf(app),
  scaledObjectOf(app, cluster),
];
