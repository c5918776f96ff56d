import { beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { services, subscriptions, topics, type ServiceName } from '@boxoffice/shared/contracts';
import { isUnknown, type ExpandedResource, type Expansion, type Value } from '../check';
import { deployed, ofType, profileNames, textOf, withFault } from './deployed';
import { declaredApps, type Apps } from './function-apps';

/** learn.microsoft.com, "Azure built-in roles" and "Azure Cosmos DB for NoSQL: data plane security reference". */
const roleNames: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39': 'Azure Service Bus Data Sender',
  '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0': 'Azure Service Bus Data Receiver',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '09976791-48a7-449e-bb21-39d1a415f350': 'Communication and Email Service Owner',
  '00000000-0000-0000-0000-000000000002': 'Cosmos DB Built-in Data Contributor',
};

/** `ticket-inventory: Azure Service Bus Data Sender on namespaces/topics/ticket-inventory`, without what an environment adds to names. */
const granted = (expansion: Expansion): readonly string[] =>
  [
    ...ofType(expansion, 'Microsoft.Authorization/roleAssignments').map((assignment) =>
      grant(assignment, assignment.scope),
    ),
    ...ofType(expansion, 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments').map((assignment) =>
      grant(assignment, textOf(assignment.properties['scope'])),
    ),
  ].sort();

function grant({ properties }: ExpandedResource, scope: string): string {
  const role = textOf(properties['roleDefinitionId']).split('/').at(-1) ?? '';
  return `${who(properties['principalId'] ?? null)}: ${roleNames[role] ?? role} on ${placeOf(scope)}`;
}

const who = (principal: Value): string =>
  isUnknown(principal)
    ? (/userAssignedIdentities id-([a-z-]+)-test-/.exec(principal.name)?.[1] ?? principal.name)
    : textOf(principal);

const placeOf = (scope: string): string =>
  scope
    .replace(/^.*\/providers\/Microsoft\.[A-Za-z]+\//, '')
    .replaceAll(/\b(sb|cosmos|appi|acs)-boxoffice-test-\w+/g, '$1')
    .replaceAll(/(st|kv-)(events|inventory|payments|notification)\w{8}\b/g, '$1$2')
    .replaceAll(/kv-(inventory|payments)-\w+/g, 'kv-$1');

const accounts: Readonly<Record<ServiceName, string>> = {
  'event-management': 'stevents',
  'ticket-inventory': 'stinventory',
  'payment-processing': 'stpayments',
  notification: 'stnotification',
};
const vaults: Partial<Record<ServiceName, string>> = {
  'ticket-inventory': 'kv-inventory',
  'payment-processing': 'kv-payments',
};

/** What each service needs, by what its `functions.ts` says that it stands on. */
const needed = (apps: Apps): readonly string[] =>
  services
    .flatMap((service) => {
      const stands = (on: Apps[ServiceName]['needs'][number]) => apps[service].needs.includes(on);
      const role = (name: string, place: string) => `${service}: ${name} on ${place}`;
      return [
        role('Storage Blob Data Owner', `storageAccounts/${accounts[service]}`),
        role('Monitoring Metrics Publisher', 'components/appi'),
        ...topics
          .filter((topic) => topic === service && stands('bus'))
          .map((topic) => role('Azure Service Bus Data Sender', `namespaces/sb/topics/${topic}`)),
        ...subscriptions
          .filter(({ subscription }) => subscription === service && stands('bus'))
          .map(({ topic }) =>
            role('Azure Service Bus Data Receiver', `namespaces/sb/topics/${topic}/subscriptions/${service}`),
          ),
        ...(stands('documents')
          ? [role('Cosmos DB Built-in Data Contributor', `databaseAccounts/cosmos/dbs/${service}`)]
          : []),
        ...(stands('secrets')
          ? [role('Key Vault Secrets Officer', `vaults/${vaults[service] ?? 'of its own'}`)]
          : []),
        ...(stands('mail')
          ? [role('Communication and Email Service Owner', 'communicationServices/acs')]
          : []),
      ];
    })
    .concat('gateway: Monitoring Metrics Publisher on components/appi')
    .sort();

describe('roles', () => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await declaredApps();
  });

  it.each(profileNames)('are those that the services and the gateway need, and no other: %s', (profile) => {
    for (const networkIsolation of [false, true]) {
      const expansion = deployed({ profile, networkIsolation, principalType: 'ServicePrincipal' });
      expect(granted(expansion)).toEqual(needed(apps));
    }
  });

  it('are all given in one file', () => {
    const files = deployed().resources.flatMap(({ type, where }) =>
      /roleAssignments$/i.test(type) ? [path.basename(where.file)] : [],
    );
    expect([...new Set(files)]).toEqual(['roles.bicep']);
  });

  it('let a person who deploys put keys into the vaults, besides', () => {
    const own = granted(deployed({ principalType: 'User' })).filter((each) => !needed(apps).includes(each));
    expect(own).toEqual([
      'whoever-deploys: Key Vault Secrets Officer on vaults/kv-inventory',
      'whoever-deploys: Key Vault Secrets Officer on vaults/kv-payments',
    ]);
  });

  it.each([
    ['scope: topics[i]\n', 'scope: serviceBus\n'],
    ["scope: '${cosmos.id}/dbs/${database}'", 'scope: cosmos.id'],
    ["principalId: services['ticket-inventory']", 'principalId: services.notification'],
    ["'69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'", "'090c5cfd-751d-490a-894a-3ce6f1109419'"],
    [
      'for (subscription, i) in topology.subscriptions',
      'for (subscription, i) in take(topology.subscriptions, 5)',
    ],
  ])('alarm when one is wider, narrower or another’s: %s', (of, instead) => {
    const expansion = deployed(
      { principalType: 'ServicePrincipal' },
      withFault('modules/roles.bicep', of, instead),
    );
    expect(granted(expansion)).not.toEqual(needed(apps));
  });
});
