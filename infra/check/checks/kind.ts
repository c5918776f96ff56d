/** What a value may be, whoever says so: Azure's descriptions, a declared type, or the expression itself. */
export type Kind =
  | { readonly is: 'any' | 'null' }
  | { readonly is: 'bool'; readonly value?: boolean }
  | { readonly is: 'int'; readonly value?: number; readonly min?: number; readonly max?: number }
  | TextKind
  | { readonly is: 'array'; readonly of: Kind; readonly min?: number; readonly max?: number }
  | ObjectKind
  | { readonly is: 'union'; readonly of: readonly Kind[] };

export interface TextKind {
  readonly is: 'string';
  /** The only values; with `open` there may be others. */
  readonly values?: readonly string[];
  readonly open?: true;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

export interface Member {
  readonly of: Kind;
  readonly required: boolean;
  readonly readOnly: boolean;
}

export interface ObjectKind {
  readonly is: 'object';
  /** How it is spoken of. */
  readonly name: string;
  /** Asked for when needed, since objects may hold each other. */
  readonly members: () => ReadonlyMap<string, Member>;
  /** What members of other names are; undefined where there may be none. */
  readonly further: Kind | undefined;
  /** The member whose value tells which members there are beside these. */
  readonly by?: string;
  readonly variants?: ReadonlyMap<string, Kind>;
}

export const any: Kind = { is: 'any' };
export const text: Kind = { is: 'string' };
export const openObject: ObjectKind = {
  is: 'object',
  name: 'object',
  members: () => new Map(),
  further: any,
};

export function unionOf(kinds: readonly Kind[]): Kind {
  const all = kinds.flatMap((kind) => (kind.is === 'union' ? kind.of : [kind]));
  const texts = all.filter((kind) => kind.is === 'string');
  const of: readonly Kind[] = [
    ...(texts.length > 1 ? [oneText(texts)] : texts),
    ...all.filter(({ is }) => is !== 'string'),
  ];
  const [first, ...more] = of;
  if (of.some(({ is }) => is === 'any') || first === undefined) return any;
  return more.length === 0 ? first : { is: 'union', of };
}

/** One of some strings, or any string, is any string. */
function oneText(texts: readonly TextKind[]): TextKind {
  const free = texts.find(({ values }) => values === undefined);
  const open = texts.some((kind) => kind.open === true);
  return (
    free ?? { is: 'string', values: texts.flatMap(({ values = [] }) => values), ...(open ? { open } : {}) }
  );
}

/** Each thing that it may be, null left out: what is null is as good as not said. */
export function alternatives(kind: Kind): readonly Kind[] {
  return (kind.is === 'union' ? kind.of : [kind]).filter(({ is }) => is !== 'null');
}

export function withoutNull(kind: Kind): Kind {
  const left = alternatives(kind);
  return left.length === 0 ? kind : unionOf(left);
}

export const holdsNull = (kind: Kind): boolean =>
  kind.is === 'null' || (kind.is === 'union' && kind.of.some(holdsNull));

const articles: Readonly<Record<string, string>> = {
  bool: 'a bool',
  int: 'an int',
  array: 'an array',
  null: 'null',
  any: 'anything',
};

export function wording(kind: Kind): string {
  if (kind.is === 'union') return [...new Set(kind.of.map(wording))].join(' or ');
  if (kind.is === 'object') return kind.name === 'object' ? 'an object' : `an object (${kind.name})`;
  if (kind.is === 'string') {
    if (kind.values === undefined || kind.open) return 'a string';
    return kind.values.map((value) => `“${value}”`).join(' or ');
  }
  return articles[kind.is] ?? kind.is;
}

/** The name most like it, if any is like it at all. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const ranked = [...names]
    .map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.min(4, Math.max(2, name.length / 3))
    ? best.other
    : undefined;
}

export function hint(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; “${near}” is meant?`;
}

/** The name that this one is but for a slip: another case, a sign, a letter or two. Other figures mean another thing. */
export function slipOf(name: string, names: Iterable<string>): string | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const figures = (text: string) => text.replace(/[^0-9]/g, '');
  return [...names].find(
    (one) =>
      letters(one) === letters(name) ||
      (name.length > 5 && figures(one) === figures(name) && distance(letters(one), letters(name)) <= 2),
  );
}

/** How many letters are added, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of one.split('').entries()) {
    const next = [at + 1];
    for (const [to, wanted] of other.split('').entries())
      next.push(
        Math.min((next[to] ?? 0) + 1, (row[to + 1] ?? 0) + 1, (row[to] ?? 0) + (letter === wanted ? 0 : 1)),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}
