import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Description,
  type ObjectShape,
  type PropertyShape,
  type Shape,
  type TextShape,
} from './description';

interface Reference {
  readonly $ref: string;
}
/** An entry of bicep-types-az's `types.json`, as far as it is read here. */
interface Published {
  readonly $type: string;
  readonly name?: string;
  readonly value?: string;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly sensitive?: boolean;
  readonly properties?: Readonly<Record<string, { readonly type: Reference; readonly flags: number }>>;
  readonly additionalProperties?: Reference;
  readonly baseProperties?: Published['properties'];
  readonly discriminator?: string;
  readonly elements?: readonly Reference[] | Readonly<Record<string, Reference>>;
  readonly itemType?: Reference;
  readonly body?: Reference;
  readonly writableScopes?: number;
  readonly scopeType?: number;
}

const required = 1;
const readOnly = 2;

/**
 * Takes one resource type out of a checkout of github.com/Azure/bicep-types-az.
 * @returns undefined when it isn't described there
 */
export function extract(checkout: string, type: string, apiVersion: string): Description | undefined {
  const provider = type.split('/')[0]?.toLowerCase() ?? '';
  const generated = path.join(checkout, 'generated');
  for (const folder of readdirSync(generated)) {
    const file = path.join(generated, folder, provider, apiVersion.toLowerCase(), 'types.json');
    const found = existsSync(file) ? extractFrom(file, `${type}@${apiVersion}`) : undefined;
    if (found !== undefined) return { type, apiVersion, ...found };
  }
  return undefined;
}

function extractFrom(file: string, name: string): Omit<Description, 'type' | 'apiVersion'> | undefined {
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly Published[];
  const resource = all.find(
    (entry) => entry.$type === 'ResourceType' && entry.name?.toLowerCase() === name.toLowerCase(),
  );
  if (resource?.body === undefined) return undefined;
  const extraction = new Extraction(all);
  const body = extraction.shape(resource.body);
  return { scopes: resource.writableScopes ?? resource.scopeType ?? 0, body, objects: extraction.objects };
}

class Extraction {
  readonly objects: ObjectShape[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly all: readonly Published[]) {}

  shape({ $ref }: Reference): Shape {
    const entry = this.all[Number($ref.slice(2))];
    if (entry === undefined) throw new Error(`${$ref} leads nowhere`);
    switch (entry.$type) {
      case 'StringType':
        return text(entry);
      case 'StringLiteralType':
        return { is: 'string', values: [entry.value ?? ''] };
      case 'IntegerType':
        return { is: 'int', ...limits(entry.minValue, entry.maxValue) };
      case 'BooleanType':
        return { is: 'bool' };
      case 'NullType':
        return { is: 'null' };
      case 'ArrayType':
        return {
          is: 'array',
          of: entry.itemType === undefined ? { is: 'any' } : this.shape(entry.itemType),
          ...limits(entry.minLength, entry.maxLength),
        };
      case 'UnionType':
        return union(Object.values(entry.elements ?? []).map((element) => this.shape(element)));
      case 'ObjectType':
      case 'DiscriminatedObjectType':
        return this.object($ref, entry);
      default:
        return { is: 'any' };
    }
  }

  private object(reference: string, entry: Published): number {
    const known = this.numbers.get(reference);
    if (known !== undefined) return known;
    const number = this.objects.length;
    this.numbers.set(reference, number);
    this.objects.push({ properties: {} });
    const properties = Object.entries(entry.properties ?? entry.baseProperties ?? {}).map(
      ([name, { type, flags }]): [string, PropertyShape] => [
        name,
        {
          of: this.shape(type),
          ...((flags & required) === 0 ? {} : { required: true }),
          ...((flags & readOnly) === 0 ? {} : { readOnly: true }),
        },
      ],
    );
    const variants = Object.entries(entry.discriminator === undefined ? {} : (entry.elements ?? {}));
    this.objects[number] = {
      properties: Object.fromEntries(properties),
      ...(entry.additionalProperties === undefined
        ? {}
        : { further: this.shape(entry.additionalProperties) }),
      ...(entry.discriminator === undefined
        ? {}
        : {
            by: entry.discriminator,
            variants: Object.fromEntries(
              variants.map(([value, of]: [string, Reference]) => [value, this.shape(of)]),
            ),
          }),
    };
    return number;
  }
}

function text({ minLength, maxLength, pattern, sensitive }: Published): TextShape {
  return {
    is: 'string',
    ...limits(minLength, maxLength),
    ...(pattern === undefined ? {} : { pattern }),
    ...(sensitive === true ? { secret: true } : {}),
  };
}

function limits(min: number | undefined, max: number | undefined) {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** Literals and plain strings come together as one string with the values that are known. */
function union(of: readonly Shape[]): Shape {
  const texts = of.filter((shape): shape is TextShape => typeof shape === 'object' && shape.is === 'string');
  const rest = of.filter((shape) => !texts.includes(shape as TextShape));
  if (texts.length === 0) return { is: 'union', of: rest };
  const values = texts.flatMap((shape) => shape.values ?? []);
  const open = texts.some((shape) => shape.values === undefined);
  const one: TextShape = { is: 'string', values, ...(open ? { open: true } : {}) };
  return rest.length === 0 ? one : { is: 'union', of: [one, ...rest] };
}
