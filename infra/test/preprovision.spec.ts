import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loopback, type Loopback } from '../../shared/test/doubles/loopback';
import { armClient } from '../hooks/arm';
import { neededParameters } from '../hooks/before/parameters';
import { mayDo } from '../hooks/before/permissions';
import { preprovision, type PreprovisionDeps } from '../hooks/preprovision';
import { Stopped } from '../hooks/stopped';
import { ArmDouble } from './doubles/arm';

const template = `targetScope = 'subscription'

@description('The tokens\\' issuer, as they write it')
@minLength(1)
param oidcIssuer string

@description('Whom tokens are meant for')
param oidcAudience string

@description('Where buyers go after paying')
param checkoutReturnUrl string

@description('Who sells')
param sellerName string = 'Boxoffice'
param logoUrl string?
param principalId string
param location string
`;
const parametersFile = JSON.stringify({
  parameters: {
    oidcIssuer: { value: '${OIDC_ISSUER}' },
    oidcAudience: { value: '${OIDC_AUDIENCE}' },
    checkoutReturnUrl: { value: '${CHECKOUT_RETURN_URL}' },
    sellerName: { value: '${SELLER_NAME}' },
    logoUrl: { value: '${LOGO_URL}' },
    profile: { value: '${BOXOFFICE_PROFILE=dev}' },
    principalId: { value: '${AZURE_PRINCIPAL_ID}' },
    location: { value: '${AZURE_LOCATION}' },
    fixed: { value: 3 },
  },
});
const path = '/subscriptions/a-subscription';
const providers = [
  'ApiManagement',
  'Communication',
  'DocumentDB',
  'Insights',
  'KeyVault',
  'ManagedIdentity',
  'OperationalInsights',
  'Search',
  'ServiceBus',
  'Sql',
  'Storage',
  'Web',
];
const registered = (but?: string) => ({
  value: providers.map((name) => ({
    namespace: `Microsoft.${name}`,
    registrationState: name === but ? 'NotRegistered' : 'Registered',
  })),
});
const owner = { value: [{ actions: ['*'], notActions: [] }] };
const contributor = {
  value: [
    { actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] },
  ],
};

let arm: Awaited<ReturnType<typeof ArmDouble.start>>;
let provider: Loopback;
let calledIssuer: string;
let environment: Record<string, string>;
let said: string[];
let deps: PreprovisionDeps;

beforeEach(async () => {
  arm = await ArmDouble.start({
    [`${path}/locations`]: { value: [{ name: 'westeurope' }, { name: 'northeurope' }] },
    [`${path}/providers/Microsoft.Authorization/permissions`]: owner,
    [`${path}/providers`]: registered(),
  });
  provider = await loopback(({ path: asked }) =>
    asked === '/.well-known/openid-configuration'
      ? { status: 200, body: { issuer: calledIssuer } }
      : { status: 404 },
  );
  calledIssuer = `${provider.origin}/`;
  environment = {
    AZURE_SUBSCRIPTION_ID: 'a-subscription',
    AZURE_LOCATION: 'westeurope',
    OIDC_ISSUER: `${provider.origin}/`,
    OIDC_AUDIENCE: 'boxoffice',
    CHECKOUT_RETURN_URL: 'https://shop.example/orders/{orderId}',
  };
  said = [];
  deps = {
    arm: armClient(async () => 'a token', arm.origin),
    token: async () => 'a token',
    read: (file) => (file === 'main.bicep' ? template : parametersFile),
    say: (line) => said.push(line),
  };
});
afterEach(() => Promise.all([arm.close(), provider.close()]));

const faults = async (): Promise<readonly string[]> => {
  try {
    await preprovision(environment, deps);
    return [];
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return error.faults.map(({ what, next }) => `${what} → ${next}`);
  }
};

describe('before provisioning', () => {
  it('lets pass what lacks nothing', async () => {
    expect(await faults()).toEqual([]);
    expect(said).toEqual(['Nothing stands in the way of what is to be provisioned.']);
  });

  it('lists all that is wrong at once, each with what to do', async () => {
    environment = {
      AZURE_SUBSCRIPTION_ID: 'a-subscription',
      AZURE_LOCATION: 'atlantis',
    };
    arm.put(`${path}/providers/Microsoft.Authorization/permissions`, contributor);
    expect(await faults()).toEqual([
      "OIDC_ISSUER is not set: The tokens' issuer, as they write it → Run `azd env set OIDC_ISSUER <value>`.",
      'OIDC_AUDIENCE is not set: Whom tokens are meant for → Run `azd env set OIDC_AUDIENCE <value>`.',
      'CHECKOUT_RETURN_URL is not set: Where buyers go after paying → Run `azd env set CHECKOUT_RETURN_URL <value>`.',
      expect.stringMatching(/AZURE_LOCATION is atlantis.* → .*westeurope, northeurope/),
      expect.stringMatching(
        /may not do Microsoft\.Authorization\/roleAssignments\/write.* → .*Role Based Access Control Administrator/,
      ),
    ]);
  });

  it('says so when nobody is signed in, and still lists the rest', async () => {
    delete environment['OIDC_AUDIENCE'];
    deps = { ...deps, token: () => Promise.reject(new Error('run azd auth login\nand more')) };
    expect(await faults()).toEqual([
      expect.stringContaining('OIDC_AUDIENCE is not set'),
      expect.stringMatching(/^Nobody is signed in to azd: run azd auth login → Run `azd auth login`/),
    ]);
  });

  it('names a subscription that does not answer', async () => {
    environment['AZURE_SUBSCRIPTION_ID'] = 'nowhere';
    expect(await faults()).toEqual([
      expect.stringMatching(/nowhere does not answer.*404 ResourceNotFound.* → Check AZURE_SUBSCRIPTION_ID/),
    ]);
  });

  it('names where to, when that is not set', async () => {
    delete environment['AZURE_LOCATION'];
    delete environment['AZURE_SUBSCRIPTION_ID'];
    expect(await faults()).toEqual([
      expect.stringContaining('azd env set AZURE_SUBSCRIPTION_ID'),
      expect.stringContaining('azd env set AZURE_LOCATION'),
    ]);
  });

  it('finds an issuer that differs by a slash, which no token would survive', async () => {
    calledIssuer = provider.origin;
    expect(await faults()).toEqual([
      expect.stringMatching(/OIDC_ISSUER is .*, but .* calls itself .*every token would be refused/),
    ]);
    calledIssuer = 'https://tenant.b2clogin.com/1/v2.0/';
    expect(await faults()).toEqual([
      expect.stringContaining('Run `azd env set OIDC_ISSUER https://tenant.b2clogin.com/1/v2.0/`'),
    ]);
    calledIssuer = 'https://x.example/; rm -rf /';
    expect((await faults())[0]).toMatch(/→ Set OIDC_DISCOVERY_URL/);
  });

  it('finds a provider that is not there, or not secure', async () => {
    environment['OIDC_DISCOVERY_URL'] = `${provider.origin}/elsewhere`;
    expect(await faults()).toEqual([
      expect.stringMatching(/elsewhere cannot be read: it answers 404 → Check OIDC_ISSUER/),
    ]);
    environment['OIDC_ISSUER'] = 'http://issuer.example/';
    expect(await faults()).toEqual([
      expect.stringMatching(/OIDC_ISSUER is not an https address.* → Run `azd env set`/),
    ]);
  });

  it('mentions a resource provider that is not registered, without stopping at it', async () => {
    arm.put(`${path}/providers`, registered('ApiManagement'));
    expect(await faults()).toEqual([]);
    expect(said[0]).toMatch(
      /Microsoft\.ApiManagement is not registered.*az provider register --namespace Microsoft\.ApiManagement/,
    );
  });
});

describe('parameters that the environment must have', () => {
  it('are those without any default, in the file or in the template, and that azd does not fill itself', () => {
    expect(neededParameters(parametersFile, template).map(({ variable }) => variable)).toEqual([
      'OIDC_ISSUER',
      'OIDC_AUDIENCE',
      'CHECKOUT_RETURN_URL',
    ]);
  });
});

describe('permissions', () => {
  it.each([
    [
      'a wildcard grants',
      [{ actions: ['Microsoft.Web/*'], notActions: [] }],
      'microsoft.web/sites/write',
      true,
    ],
    [
      'what is taken back is not granted',
      contributor.value,
      'Microsoft.Authorization/roleAssignments/write',
      false,
    ],
    [
      'another role may still grant it',
      [...contributor.value, { actions: ['Microsoft.Authorization/roleAssignments/write'], notActions: [] }],
      'Microsoft.Authorization/roleAssignments/write',
      true,
    ],
    [
      'a dot is a dot',
      [{ actions: ['Microsoft.Web/sites/write'], notActions: [] }],
      'MicrosoftXWeb/sites/write',
      false,
    ],
  ])('%s', (_, permissions, action, may) => {
    expect(mayDo(permissions, action)).toBe(may);
  });
});
