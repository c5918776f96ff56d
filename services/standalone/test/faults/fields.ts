import { openApi } from '@boxoffice/shared/http';
import type { Service } from '@boxoffice/shared/platform';
import { row, takesJson, withBody, type OpenDoor, type Row } from './door';
import { wrongFor, type Schema } from './wrong';

/** One member of a body: `lines[0].quantity`. */
interface Spot {
  readonly field: string;
  readonly steps: readonly (string | number)[];
  readonly schema: Schema;
  readonly required: boolean;
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
}

/** What the OpenAPI document says of the bodies and queries: a new field has its rows before anyone thinks of them. */
export class Fields {
  private readonly described: Described;

  constructor(services: readonly Service[]) {
    this.described = openApi(services, { title: 'Boxoffice', version: '1' }) as unknown as Described;
  }

  queryOf({ at }: OpenDoor): readonly { readonly name: string; readonly schema: Schema }[] {
    return this.operation(at).parameters.filter((parameter) => parameter.in === 'query');
  }

  rowsOf(door: OpenDoor): readonly Row[] {
    if (!takesJson(door)) return [];
    const spots = this.spotsOf(door);
    const of = row(door);
    const fault = (what: string, change: (body: object) => object, fields: readonly string[]): Row =>
      of(what, (sent, scene) => withBody(change(structuredClone(sent.body ?? {})))(sent, scene), {
        status: 400,
        code: 'invalid-request',
        fields,
      });
    const top = spots.filter(({ steps }) => steps.length === 1);
    const required = top.filter((spot) => spot.required).map(({ field }) => field);
    return [
      fault('an unknown field', (body) => ({ ...body, surprise: 1 }), ['surprise']),
      fault('a poisoned prototype', (body) => poisoned(body, '__proto__'), ['__proto__']),
      fault('a member called as those of every object', (body) => poisoned(body, 'constructor'), [
        'constructor',
      ]),
      ...(required.length === 0 ? [] : [fault('nothing at all', () => ({}), required)]),
      ...(top.length === 0
        ? []
        : [
            fault(
              'everything wrong at once',
              () => ({
                ...Object.fromEntries(
                  top.map(({ field, schema }) => [field, schema.type === 'boolean' ? 1 : true]),
                ),
                surprise: 1,
              }),
              [...top.map(({ field }) => field), 'surprise'],
            ),
          ]),
      ...spots
        .filter(({ schema }) => schema.$ref !== undefined)
        .map(({ field, steps }) =>
          fault(`an unknown field in ${field}`, (body) => put(body, [...steps, 'surprise'], 1), [
            `${field}.surprise`,
          ]),
        ),
      ...spots
        .filter((spot) => spot.required && typeof spot.steps.at(-1) === 'string')
        .map(({ field, steps }) => fault(`no ${field}`, (body) => put(body, steps, undefined), [field])),
      ...spots.flatMap(({ field, steps, schema, required: needed }) =>
        [...wrongFor(schema), ...(needed ? [['null', null] as const] : [])].map(([what, value]) =>
          fault(`${field}: ${what}`, (body) => put(body, steps, value), [field]),
        ),
      ),
    ];
  }

  private operation({ path, method }: OpenDoor['at']): Operation {
    return this.described.paths[path]![method.toLowerCase()]!;
  }

  private spotsOf({ at }: OpenDoor): readonly Spot[] {
    const schema = this.operation(at).requestBody?.content['application/json']?.schema;
    return schema === undefined ? [] : this.below(schema, '', []);
  }

  private below(schema: Schema, field: string, steps: Spot['steps']): readonly Spot[] {
    const { properties = {}, required = [] } = this.resolved(schema);
    return Object.entries(properties).flatMap(([name, property]) => {
      const spot = {
        field: field === '' ? name : `${field}.${name}`,
        steps: [...steps, name],
        schema: property,
        required: required.includes(name),
      };
      if (property.$ref !== undefined) return [spot, ...this.below(property, spot.field, spot.steps)];
      if (property.items?.$ref === undefined) return [spot];
      const item = {
        field: `${spot.field}[0]`,
        steps: [...spot.steps, 0],
        schema: property.items,
        required: true,
      };
      return [spot, item, ...this.below(property.items, item.field, item.steps)];
    });
  }

  private readonly resolved = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : this.described.components.schemas[schema.$ref.split('/').at(-1)!]!;
}

/** The body with that member changed; undefined takes it away. */
function put(body: object, steps: Spot['steps'], value: unknown): object {
  let at = body as Record<string | number, unknown>;
  for (const step of steps.slice(0, -1)) {
    if (typeof at[step] !== 'object') throw new Error(`the right body lacks ${steps.join('.')}`);
    at = at[step] as Record<string | number, unknown>;
  }
  at[steps.at(-1)!] = value;
  return body;
}

/** As JSON.parse reads it: a member of its own. */
const poisoned = (body: object, name: string): object =>
  Object.defineProperty({ ...body }, name, { value: { roles: ['admin'] }, enumerable: true });
