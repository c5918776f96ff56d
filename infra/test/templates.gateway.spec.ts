import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { services } from '@boxoffice/shared/contracts';
import { deployed, ofType, textOf } from './deployed';
import type { ValueObject } from '../check';

type Node = Readonly<Record<string, unknown>>;

const policyOf = (parameters: ValueObject = {}): string =>
  textOf(
    ofType(deployed(parameters), 'Microsoft.ApiManagement/service/apis/policies')[0]?.properties['value'],
  );

/** Elements by name, attributes with an `@` before theirs. */
const read = (policy: string): Node => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' });
  return (parser.parse(policy) as { readonly policies: Node }).policies;
};

const operationIds = (): readonly string[] => {
  const [api] = ofType(deployed(), 'Microsoft.ApiManagement/service/apis');
  const { paths } = JSON.parse(textOf(api?.properties['value'])) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
  };
  return Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
};

describe('the policy of the API', () => {
  it.each(['free', 'dev', 'staging', 'prod'])(
    'is well-formed and has nothing left to be put in: %s',
    (profile) => {
      const policy = policyOf({ profile });
      expect(XMLValidator.validate(policy)).toBe(true);
      expect(policy).not.toMatch(/\$\(|<!-- [\w-]+(\.xml)? -->/);
      expect(XMLValidator.validate(policy.replace('</policies>', ''))).not.toBe(true);
    },
  );

  it.each([
    {
      provider: 'Azure AD B2C',
      oidcIssuer: 'https://t.b2clogin.com/tenant/v2.0/',
      oidcDiscoveryUrl:
        'https://t.b2clogin.com/t.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_in&x=1',
      asked: 'https://t.b2clogin.com/t.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_in&x=1',
    },
    {
      provider: 'Entra External ID',
      oidcIssuer: 'https://tenant.ciamlogin.com/tenant/v2.0',
      oidcDiscoveryUrl: '',
      asked: 'https://tenant.ciamlogin.com/tenant/v2.0/.well-known/openid-configuration',
    },
  ])('believes the tokens of $provider, and no others', ({ asked, oidcIssuer, oidcDiscoveryUrl }) => {
    const { inbound } = read(policyOf({ oidcIssuer, oidcDiscoveryUrl, oidcAudience: 'one,two' }));
    expect(inbound).toMatchObject({
      choose: {
        when: {
          'validate-jwt': {
            '@require-signed-tokens': 'true',
            '@require-expiration-time': 'true',
            '@failed-validation-httpcode': '401',
            'openid-config': { '@url': asked },
            audiences: { audience: ['one', 'two'] },
            issuers: { issuer: oidcIssuer },
          },
        },
      },
    });
  });

  it('counts calls where the tier can', () => {
    expect(policyOf({ profile: 'free' })).not.toContain('rate-limit-by-key');
    expect(policyOf({ profile: 'prod' })).toContain('<rate-limit-by-key calls="600" renewal-period="60"');
    expect(policyOf({ profile: 'free', networkIsolation: true })).toContain('rate-limit-by-key');
  });

  it('tells the service who called, whatever the caller says, and hands on what it streams', () => {
    const { inbound, backend } = read(policyOf());
    expect(inbound).toMatchObject({
      'set-header': {
        '@name': 'x-forwarded-for',
        '@exists-action': 'override',
        value: '@(context.Request.IpAddress)',
      },
    });
    expect(backend).toMatchObject({ 'forward-request': { '@buffer-response': 'false' } });
  });

  it('lets in browsers from the web application and from those named beside it, without cookies', () => {
    const { inbound } = read(policyOf({ otherOrigins: ['https://box.example'] }));
    expect(inbound).toMatchObject({
      cors: {
        '@allow-credentials': 'false',
        'allowed-origins': { origin: [expect.stringContaining('staticSites'), 'https://box.example'] },
      },
    });
  });

  it('knows a backend for each operation, by the name that its id begins with', () => {
    const backends = ofType(deployed(), 'Microsoft.ApiManagement/service/backends');
    expect(backends.map(({ name }) => name.split('/').at(-1))).toEqual([...services]);
    for (const { name, properties } of backends)
      expect(properties['url']).toMatch(new RegExp(`func-${name.split('/').at(-1) ?? ''}-.+/api/v1$`));
    const chosen = /new \[\] \{ (.+?) \}\.First/.exec(policyOf())?.[1]?.replaceAll('&quot;', '');
    expect(chosen?.split(', ')).toEqual([...services]);
    const ids = operationIds();
    expect(ids.length).toBeGreaterThan(100);
    for (const id of ids) expect(services.filter((service) => id.startsWith(`${service}-`))).toHaveLength(1);
  });
});
