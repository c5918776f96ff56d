import { ValidationTypes } from 'class-validator';
import type { BodyClass } from './route';
import { shapeOf, type Property } from './shape';
import { schemas as ownSchemas } from './validators';

export type JsonSchema = Readonly<Record<string, unknown>>;
type Describe = (constraints: readonly unknown[]) => Record<string, unknown>;

/** What class-validator's decorators mean in JSON Schema 2020-12, by the constraint's name; what isn't here adds nothing. */
const described: Readonly<Record<string, Describe>> = {
  isString: () => ({ type: 'string' }),
  isNotEmpty: () => ({ minLength: 1 }),
  minLength: ([least]) => ({ type: 'string', minLength: least }),
  maxLength: ([most]) => ({ type: 'string', maxLength: most }),
  isLength: ([least, most]) => ({
    type: 'string',
    minLength: least,
    ...(most === undefined ? {} : { maxLength: most }),
  }),
  matches: ([pattern]) => ({
    type: 'string',
    pattern: pattern instanceof RegExp ? pattern.source : String(pattern),
  }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isDateString: () => ({ type: 'string', format: 'date-time' }),
  isBoolean: () => ({ type: 'boolean' }),
  isNumber: () => ({ type: 'number' }),
  isInt: () => ({ type: 'integer' }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  min: ([least]) => ({ minimum: least }),
  max: ([most]) => ({ maximum: most }),
  isIn: ([values]) => ({ enum: values }),
  isEnum: ([, values]) => ({ enum: values }),
  equals: ([value]) => ({ const: value }),
  isObject: () => ({ type: 'object' }),
  isArray: () => ({ type: 'array' }),
  arrayNotEmpty: () => ({ type: 'array', minItems: 1 }),
  arrayMinSize: ([least]) => ({ type: 'array', minItems: least }),
  arrayMaxSize: ([most]) => ({ type: 'array', maxItems: most }),
  arrayUnique: () => ({ type: 'array' }),
  ...ownSchemas,
};

/** What a request does not declare is refused; a response may have more members one day, and its readers are to expect it. */
export type Use = 'request' | 'response';

/** Request and response classes → the named schemas of one document. */
export class Schemas {
  private readonly names = new Map<BodyClass<object>, string>();
  readonly all: Record<string, JsonSchema> = {};

  /** A reference to the class's schema. Two classes of one name: the later is called after its service, too. */
  refTo(type: BodyClass<object>, service: string, use: Use): JsonSchema {
    let name = this.names.get(type);
    if (name === undefined) {
      name = type.name in this.all ? pascal(service) + type.name : type.name;
      if (name in this.all) throw new Error(`${service} has two classes called ${type.name}`);
      this.names.set(type, name);
      // Named before it is described: a class may hold others of its kind.
      this.all[name] = {};
      this.all[name] = this.objectOf(type, service, use);
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Each property with its schema: for query parameters. */
  propertiesOf(
    type: BodyClass<object>,
    service: string,
    use: Use,
  ): readonly { name: string; required: boolean; schema: JsonSchema }[] {
    const defaults = new type() as Record<string, unknown>;
    return [...shapeOf(type).properties.values()].map((property) => {
      const byDefault = defaults[property.name];
      const schema = {
        ...this.schemaOf(property, service, use),
        ...(byDefault === undefined ? {} : { default: byDefault }),
      };
      return { name: property.name, required: !property.optional && byDefault === undefined, schema };
    });
  }

  private objectOf(type: BodyClass<object>, service: string, use: Use): JsonSchema {
    const properties = this.propertiesOf(type, service, use);
    const required = properties.filter((property) => property.required).map((property) => property.name);
    return {
      type: 'object',
      properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
      ...(required.length === 0 ? {} : { required }),
      ...(use === 'request' ? { additionalProperties: false } : {}),
    };
  }

  private schemaOf({ nested, rules }: Property, service: string, use: Use): JsonSchema {
    const own: Record<string, unknown> = {};
    const ofItems: Record<string, unknown> = {};
    for (const rule of rules) {
      if (rule.type === ValidationTypes.CONDITIONAL_VALIDATION) continue;
      Object.assign(rule.each ? ofItems : own, described[rule.name ?? '']?.(rule.constraints));
    }
    if (nested && !nested.each) return this.refTo(nested.type, service, use);
    if (nested) return { ...own, type: 'array', items: this.refTo(nested.type, service, use) };
    return Object.keys(ofItems).length > 0 || own['type'] === 'array'
      ? { ...own, type: 'array', items: ofItems }
      : own;
  }
}

const pascal = (text: string): string =>
  text.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
