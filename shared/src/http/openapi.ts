import { defaultBodyLimit, apiBase } from './wire';
import { problemSchema, problemsOf } from './openapi-problems';
import type { Route } from './route';
import { Schemas, type JsonSchema } from './schema';

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the API is reached: `https://tickets.example.org`; the server that answers, where not given. */
  readonly serverUrl?: string;
  /** The discovery document of whoever issues the tokens. */
  readonly openIdConnectUrl?: string;
  /** Where the document is found below `/api/v1`; `/openapi.json`, where not given. */
  readonly path?: string;
}

interface Described {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly problems: Readonly<Record<string, number>>;
}

/** The routes of the services as an OpenAPI 3.1 document. */
export function openApi(services: readonly Described[], info: OpenApiInfo): JsonSchema {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const service of services) {
    for (const route of service.routes) {
      (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(service, route, schemas);
    }
  }
  const { title, version, description } = info;
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    servers: [{ url: (info.serverUrl ?? '') + apiBase }],
    tags: services.map(tagOf),
    paths,
    components: {
      schemas: { ...schemas.all, Problem: problemSchema },
      securitySchemes: securitySchemes(info),
    },
  };
}

/** Serves the document; it is written out when it is first asked for. */
export function openApiRoute(services: readonly Described[], info: OpenApiInfo): Route {
  let bytes: Uint8Array | undefined;
  return {
    method: 'GET',
    path: info.path ?? '/openapi.json',
    summary: 'This document',
    access: 'anyone',
    answers: { status: 200, description: 'OpenAPI 3.1' },
    async handle() {
      bytes ??= Buffer.from(JSON.stringify(openApi(services, info)));
      const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=60' };
      return { status: 200, headers, bytes };
    },
  };
}

function tagOf({ name, problems }: Described): JsonSchema {
  const refusals = Object.entries(problems).map(([code, status]) => `\`${code}\` (${status})`);
  return { name, ...(refusals.length === 0 ? {} : { description: `Refusals: ${refusals.join(', ')}.` }) };
}

function operation(service: Described, route: Route, schemas: Schemas): JsonSchema {
  const { access, answers } = route;
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [service.name],
    ...(access === 'organizer' || access === 'admin' ? { description: `Takes the role ${access}.` } : {}),
    security: access === 'anyone' ? [] : [{ signIn: [] }],
    parameters: [
      ...pathParameters(route),
      ...queryParameters(service, route, schemas),
      ...headerParameters(route),
    ],
    ...requestBody(service, route, schemas),
    responses: {
      [answers.status]: {
        description: answers.description,
        ...answerHeaders(route),
        ...answerContent(service, route, schemas),
      },
      ...problemsOf(route),
    },
  };
}

/** `GET /tickets/{ticketId}.pdf` → `getTicketsByTicketIdPdf`. */
function operationId({ method, path }: Route): string {
  const words = path.replaceAll('{', 'by-').match(/\w+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const pathParameters = ({ path }: Route): JsonSchema[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 255 },
  }));

const queryParameters = (service: Described, { query }: Route, schemas: Schemas): JsonSchema[] =>
  query === undefined
    ? []
    : schemas
        .propertiesOf(query, service.name, 'request')
        .map(({ name, required, schema }) => ({ name, in: 'query', required, schema }));

function headerParameters(route: Route): JsonSchema[] {
  const headers: JsonSchema[] = [];
  if (route.idempotencyKey) {
    const description =
      'A value of your own, new for each new request, the same when you repeat it: then the answer is the same, too.';
    const schema = { type: 'string', minLength: 1, maxLength: 255 };
    headers.push({ name: 'Idempotency-Key', in: 'header', required: true, description, schema });
  }
  if (route.ifMatch) {
    const description = 'The ETag of the version that you are changing.';
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description,
      schema: { type: 'string', examples: ['"3"'] },
    });
  }
  return headers;
}

function requestBody(service: Described, route: Route, schemas: Schemas): JsonSchema {
  const description = `${route.bodyLimit ?? defaultBodyLimit} bytes at most.`;
  if (route.rawBody) return { requestBody: { description, content: { '*/*': {} } } };
  if (route.body === undefined) return {};
  const schema = schemas.refTo(route.body, service.name, 'request');
  return { requestBody: { description, required: true, content: { 'application/json': { schema } } } };
}

const answerHeaders = ({ ifMatch }: Route): JsonSchema =>
  ifMatch === undefined
    ? {}
    : { headers: { ETag: { description: 'The version as it is now.', schema: { type: 'string' } } } };

function answerContent(service: Described, { answers }: Route, schemas: Schemas): JsonSchema {
  if (answers.contentType !== undefined) return { content: { [answers.contentType]: {} } };
  if (answers.body === undefined) return {};
  return {
    content: { 'application/json': { schema: schemas.refTo(answers.body, service.name, 'response') } },
  };
}

const securitySchemes = ({ openIdConnectUrl }: OpenApiInfo): JsonSchema => ({
  signIn:
    openIdConnectUrl === undefined
      ? { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }
      : { type: 'openIdConnect', openIdConnectUrl },
});
