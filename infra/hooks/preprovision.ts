import { armScope, type Arm } from './arm';
import { discoveryFaults } from './before/discovery';
import { neededParameters } from './before/parameters';
import { mayDo, neededActions, type Permission } from './before/permissions';
import type { Environment } from './deployment';
import { messageOf, Stopped, type Fault, type Say } from './stopped';

export interface PreprovisionDeps {
  readonly arm: Arm;
  readonly token: (scope: string) => Promise<string>;
  /** A file of `infra/`. */
  readonly read: (file: string) => string;
  readonly say: Say;
}

/** A deployment asks for these; what is not registered yet costs minutes, or fails where the deployer may not register it. */
const providers = [
  ...[
    'ApiManagement',
    'Communication',
    'DocumentDB',
    'Insights',
    'KeyVault',
    'ManagedIdentity',
    'OperationalInsights',
  ],
  ...['Search', 'ServiceBus', 'Sql', 'Storage', 'Web'],
];

/** What commonly fails first, looked at before anything is made; stops with all of it at once. */
export async function preprovision(environment: Environment, deps: PreprovisionDeps): Promise<void> {
  const faults = [
    ...parameterFaults(environment, deps),
    ...(await discoveryFaults(environment)),
    ...(await azureFaults(environment, deps)),
  ];
  if (faults.length > 0) throw new Stopped(faults);
  deps.say('Nothing stands in the way of what is to be provisioned.');
}

function parameterFaults(environment: Environment, { read }: PreprovisionDeps): readonly Fault[] {
  const missing = neededParameters(read('main.parameters.json'), read('main.bicep')).filter(
    ({ variable }) => !environment[variable],
  );
  const places = ['AZURE_SUBSCRIPTION_ID', 'AZURE_LOCATION']
    .filter((variable) => !environment[variable])
    .map((variable) => ({ variable, parameter: variable, description: 'where to' }));
  return [...places, ...missing].map(({ variable, parameter, description }) => ({
    what: `${variable} is not set: ${description || `the parameter ${parameter}`}`,
    next: `Run \`azd env set ${variable} <value>\`.`,
  }));
}

/** What only Azure can tell. Where nobody is signed in, it tells nothing. */
async function azureFaults(environment: Environment, deps: PreprovisionDeps): Promise<readonly Fault[]> {
  try {
    await deps.token(armScope);
  } catch (error) {
    return [
      {
        what: `Nobody is signed in to azd: ${messageOf(error).split('\n')[0] ?? ''}`,
        next: 'Run `azd auth login`; in a pipeline, `azd auth login` with --client-id, --tenant-id and --federated-credential-provider.',
      },
    ];
  }
  const { AZURE_SUBSCRIPTION_ID: subscription } = environment;
  if (!subscription) return [];
  try {
    return await subscriptionFaults(environment, `/subscriptions/${subscription}`, deps);
  } catch (error) {
    return [
      {
        what: `The subscription ${subscription} does not answer: ${messageOf(error)}`,
        next: 'Check AZURE_SUBSCRIPTION_ID, and that whoever is signed in may see it (`azd auth login --tenant-id …`).',
      },
    ];
  }
}

async function subscriptionFaults(
  { AZURE_LOCATION: location }: Environment,
  path: string,
  { arm, say }: PreprovisionDeps,
): Promise<readonly Fault[]> {
  const [locations, permissions, registered] = await Promise.all([
    arm.get<{ value: readonly { name: string }[] }>(`${path}/locations`, '2022-12-01'),
    arm.get<{ value: readonly Permission[] }>(
      `${path}/providers/Microsoft.Authorization/permissions`,
      '2022-04-01',
    ),
    arm.get<{ value: readonly { namespace: string; registrationState: string }[] }>(
      `${path}/providers`,
      '2021-04-01',
    ),
  ]);
  const states = new Map(
    registered.value.map((each) => [each.namespace.toLowerCase(), each.registrationState]),
  );
  for (const name of providers.map((each) => `Microsoft.${each}`))
    if (states.get(name.toLowerCase()) !== 'Registered')
      say(
        `${name} is not registered yet: provisioning does so where it may, or run \`az provider register --namespace ${name}\`.`,
      );
  const refused = neededActions.filter((action) => !mayDo(permissions.value, action));
  return [
    ...(location && !locations.value.some(({ name }) => name === location)
      ? [
          {
            what: `AZURE_LOCATION is ${location}, which is no location of this subscription.`,
            next: `Run \`azd env set AZURE_LOCATION <one of ${locations.value.map(({ name }) => name).join(', ')}>\`.`,
          },
        ]
      : []),
    ...refused.map((action) => ({
      what: `Whoever deploys may not do ${action} in this subscription.`,
      next: action.includes('roleAssignments')
        ? 'Ask for the role Role Based Access Control Administrator, beside Contributor; Contributor alone assigns no roles.'
        : 'Ask for the role Contributor on the subscription.',
    })),
  ];
}
