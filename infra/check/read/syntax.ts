/** What a Bicep file says, as the parser hands it on. `at` is an offset in the file's text. */
export type Expression =
  | { readonly kind: 'text'; readonly at: number; readonly pieces: readonly (string | Expression)[] }
  | { readonly kind: 'literal'; readonly at: number; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly (Expression | Spread)[] }
  | ObjectExpression
  | ForExpression
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | Call
  | {
      readonly kind: 'member';
      readonly at: number;
      readonly of: Expression;
      readonly name: string;
      readonly safe: boolean;
    }
  | {
      readonly kind: 'index';
      readonly at: number;
      readonly of: Expression;
      readonly index: Expression;
      readonly safe: boolean;
      readonly fromEnd: boolean;
    }
  | { readonly kind: 'nested'; readonly at: number; readonly of: Expression; readonly name: string }
  | { readonly kind: 'unary'; readonly at: number; readonly sign: '!' | '-'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly at: number;
      readonly sign: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'choice';
      readonly at: number;
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | Lambda
  | { readonly kind: 'sure'; readonly at: number; readonly of: Expression };

export interface Spread {
  readonly kind: 'spread';
  readonly at: number;
  readonly of: Expression;
}
export interface Property {
  readonly kind: 'property';
  readonly at: number;
  /** undefined for a key that is put together: `'${…}'`. */
  readonly name: string | undefined;
  readonly key: Expression & { readonly kind: 'text' };
  readonly value: Expression;
}
export interface ObjectExpression {
  readonly kind: 'object';
  readonly at: number;
  readonly members: readonly (Property | Spread)[];
  /** Children declared inside a resource's body. */
  readonly children: readonly Resource[];
}
export interface ForExpression {
  readonly kind: 'for';
  readonly at: number;
  readonly item: string;
  readonly index: string | undefined;
  readonly over: Expression;
  readonly condition: Expression | undefined;
  readonly body: Expression;
}
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly of: Expression | undefined;
  readonly name: string;
  readonly arguments: readonly Expression[];
}
export interface Lambda {
  readonly kind: 'lambda';
  readonly at: number;
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export type Type =
  | { readonly kind: 'type-name'; readonly at: number; readonly name: string }
  /** `imported.thing`, `thing.property`; `*` is what a record's further properties are. */
  | { readonly kind: 'type-member'; readonly at: number; readonly of: Type; readonly name: string }
  | { readonly kind: 'type-item'; readonly at: number; readonly of: Type }
  | { readonly kind: 'type-literal'; readonly at: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'type-array'; readonly at: number; readonly item: Type }
  | { readonly kind: 'type-tuple'; readonly at: number; readonly items: readonly Type[] }
  | { readonly kind: 'type-union'; readonly at: number; readonly of: readonly Type[] }
  | { readonly kind: 'type-nullable'; readonly at: number; readonly of: Type }
  | ObjectType
  /** `resourceInput<'…'>` and `resourceOutput<'…'>`. */
  | { readonly kind: 'type-resource'; readonly at: number; readonly name: string; readonly of: string };

export interface ObjectType {
  readonly kind: 'type-object';
  readonly at: number;
  readonly properties: readonly {
    readonly at: number;
    readonly name: string;
    readonly type: Type;
    readonly decorators: readonly Call[];
  }[];
  readonly further: Type | undefined;
}

export interface Decorated {
  readonly at: number;
  readonly decorators: readonly Call[];
}
export interface Param extends Decorated {
  readonly kind: 'param';
  readonly name: string;
  readonly type: Type;
  readonly value: Expression | undefined;
}
export interface Var extends Decorated {
  readonly kind: 'var';
  readonly name: string;
  readonly value: Expression;
}
export interface Output extends Decorated {
  readonly kind: 'output';
  readonly name: string;
  readonly type: Type;
  readonly value: Expression;
}
/** A resource or a module: a body, perhaps under a condition, perhaps once for each of a list. */
export interface Body {
  readonly condition: Expression | undefined;
  readonly loop: Omit<ForExpression, 'body' | 'condition'> | undefined;
  readonly body: ObjectExpression;
}
export interface Resource extends Decorated, Body {
  readonly kind: 'resource';
  readonly name: string;
  /** As written: `Microsoft.Web/sites@2025-03-01`, or the last segment alone for a child inside its parent. */
  readonly type: string;
  readonly existing: boolean;
}
export interface Module extends Decorated, Body {
  readonly kind: 'module';
  readonly name: string;
  readonly path: string;
}
export interface TypeDeclaration extends Decorated {
  readonly kind: 'type';
  readonly name: string;
  readonly type: Type;
}
export interface Func extends Decorated {
  readonly kind: 'func';
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly returns: Type;
  readonly body: Expression;
}
export interface Import extends Decorated {
  readonly kind: 'import';
  readonly path: string;
  /** `import * as all`, or each name with what it is called here. */
  readonly all: string | undefined;
  readonly names: readonly { readonly name: string; readonly as: string; readonly at: number }[];
}
export interface Scope extends Decorated {
  readonly kind: 'targetScope';
  readonly scope: string;
}
export interface Remark extends Decorated {
  readonly kind: 'metadata' | 'assert';
  readonly name: string;
  readonly value: Expression;
}
export type Statement =
  Param | Var | Output | Resource | Module | TypeDeclaration | Func | Import | Scope | Remark;
