/** What Azure publishes of one resource type at one API version: facts alone, small enough to be kept here. */
export interface Description {
  readonly type: string;
  readonly apiVersion: string;
  /** Where it may be deployed: tenant 1, management group 2, subscription 4, resource group 8, on another resource 16. */
  readonly scopes: number;
  readonly body: Shape;
  /** Objects, which may hold each other; a `Shape` that is a number is one of these. */
  readonly objects: readonly ObjectShape[];
}

export type Shape =
  | number
  | { readonly is: 'any' | 'bool' | 'null' }
  | { readonly is: 'int'; readonly min?: number; readonly max?: number }
  | TextShape
  | { readonly is: 'array'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly is: 'union'; readonly of: readonly Shape[] };

export interface TextShape {
  readonly is: 'string';
  /** The only values; with `open` there may be others. */
  readonly values?: readonly string[];
  readonly open?: true;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly secret?: true;
}

export interface ObjectShape {
  readonly properties: Readonly<Record<string, PropertyShape>>;
  /** What properties of other names are; without it there are none. */
  readonly further?: Shape;
  /** The property whose value tells which further properties there are. */
  readonly by?: string;
  readonly variants?: Readonly<Record<string, Shape>>;
}

export interface PropertyShape {
  readonly of: Shape;
  readonly required?: true;
  readonly readOnly?: true;
}
