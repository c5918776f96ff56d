import { openApi } from '@boxoffice/shared/http';
import type { Service } from '@boxoffice/shared/platform';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly [string];
  readonly parameters: readonly Parameter[];
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/**
 * What API Management imports: the OpenAPI document of the services without its schemas, which Bicep would have no room for and
 * the gateway no use. It is in the words that OpenAPI 3.0 shares with 3.1, since 3.1 is imported with reservations only.
 *
 * An operation's id begins with the name of its service; the policy of the API chooses the app by it.
 */
export function gatewayApi(services: readonly Service[]): object {
  const { paths } = openApi(services, { title: 'Boxoffice', version: '1' }) as { readonly paths: Paths };
  return {
    openapi: '3.0.1',
    info: { title: 'Boxoffice', version: '1' },
    paths: {
      ...Object.fromEntries(
        Object.entries(paths).map(([path, methods]) => [
          path,
          Object.fromEntries(Object.entries(methods).map(([method, described]) => [method, slim(described)])),
        ]),
      ),
      ...Object.fromEntries(
        services.flatMap(({ name }) => [
          [`/${name}/health`, { get: own(name, 'health', 'Whether it is live and ready') }],
          [`/${name}/openapi.json`, { get: own(name, 'openapi', 'Its routes as OpenAPI 3.1') }],
        ]),
      ),
    },
  };
}

/** Query parameters are left to the service: the gateway lets through those that it does not know, too. */
const slim = ({ operationId, summary, tags: [service], parameters }: Operation) => ({
  operationId: `${service}-${operationId}`,
  summary,
  parameters: parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  responses: { default: { description: 'See the service.' } },
});

/** What every app answers beside its service's routes. */
const own = (service: string, operationId: string, summary: string) =>
  slim({ operationId, summary, tags: [service], parameters: [] });
