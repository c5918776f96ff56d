/** What rows are made from, of a JSON Schema. */
export interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

type Wrong = readonly (readonly [what: string, value: unknown])[];

/** Values that this schema does not let pass, each with what it is. */
export function wrongFor(schema: Schema): Wrong {
  const { minLength, maxLength, minimum, maximum, minItems, pattern, format } = schema;
  if (schema.$ref !== undefined)
    return [
      ['an array', []],
      ['a text', 'x'],
      ['a number', 7],
    ];
  switch (schema.type) {
    case 'string':
      return [
        ['a number', 7],
        ['true', true],
        ['an array', ['x']],
        ['an object', { x: 1 }],
        ...((minLength ?? 0) > 0 || pattern !== undefined || format !== undefined
          ? ([['empty', '']] as const)
          : []),
        ...(maxLength === undefined
          ? []
          : ([['one character too long', 'x'.repeat(maxLength + 1)]] as const)),
        ...(pattern === undefined && format === undefined
          ? []
          : ([['of another form', 'not so\u0000']] as const)),
      ];
    case 'integer':
      return [
        ['a text', '7'],
        ['a fraction', 1.5],
        ['true', true],
        ['an array', [7]],
        ['an object', {}],
        ['a number beyond counting', 1e300],
        ...(minimum === undefined ? [] : ([['too small', minimum - 1]] as const)),
        ...(maximum === undefined ? [] : ([['too large', maximum + 1]] as const)),
      ];
    case 'boolean':
      return [
        ['a text', 'true'],
        ['a number', 1],
        ['an array', [true]],
        ['an object', {}],
      ];
    case 'array':
      return [
        ['an object', {}],
        ['a text', 'x'],
        ['a number', 7],
        ...((minItems ?? 0) > 0 ? ([['empty', []]] as const) : []),
      ];
    case 'boolean':
      return [
        ['a text', 'true'],
        ['a number', 1],
        ['an array', [true]],
      ];
    default:
      throw new Error(`the OpenAPI document does not say of which type this is: ${JSON.stringify(schema)}`);
  }
}
