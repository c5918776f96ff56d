import { type Expression, type ObjectExpression, type Property } from '../read/syntax';
import { type Faults } from './faults';
import { alternatives, hint, slipOf, wording, type Kind, type Member, type ObjectKind } from './kind';
import { mismatch } from './mismatch';
import { type Env, type Typing } from './typing';

export interface Leniency {
  /** Members that may be left out, and names that count as members beside those described. */
  readonly partial?: boolean;
  readonly beside?: ReadonlySet<string>;
}

/** Finds where an expression can't stand in a place of some kind, as near to the culprit as it can be said. */
export class Fitting {
  constructor(
    private readonly typing: Typing,
    private readonly faults: Faults,
  ) {}

  fit(of: Expression, wanted: Kind, env: Env): void {
    if (wanted.is === 'any') return;
    switch (of.kind) {
      case 'object': {
        const kind = this.objectFor(of, wanted);
        if (kind !== undefined) this.fitObject(of, kind, env);
        else if (alternatives(wanted).every(({ is }) => is !== 'object' && is !== 'any'))
          this.compare(of, wanted, env);
        return;
      }
      case 'list':
      case 'for': {
        const lists = alternatives(wanted).filter((kind) => kind.is === 'array');
        const [only] = lists;
        if (only === undefined || lists.length > 1) {
          this.compare(of, wanted, env);
          return;
        }
        if (of.kind === 'for') {
          this.fit(of.body, only.of, this.typing.turn(of, env));
          return;
        }
        for (const item of of.items)
          if (item.kind === 'spread') this.compare(item.of, { is: 'array', of: only.of }, env);
          else this.fit(item, only.of, env);
        return;
      }
      case 'choice':
        this.fit(of.then, wanted, env);
        this.fit(of.otherwise, wanted, env);
        return;
      case 'binary':
        if (of.sign === '??' && of.right.kind === 'object') this.fit(of.right, wanted, env);
        this.compare(of, wanted, env);
        return;
      case 'name': {
        const variable = env.locals.has(of.name) ? undefined : env.file.named('var', of.name);
        // What is written out in a variable is looked at there: the fault is told where it can be mended.
        if (variable !== undefined && ['object', 'list', 'for', 'choice'].includes(variable.value.kind))
          this.fit(variable.value, wanted, { file: env.file, locals: new Map() });
        else this.compare(of, wanted, env);
        return;
      }
      case 'call':
        // What is merged is looked at piece by piece: none of them needs to be whole.
        if (of.of === undefined && ['union', 'shallowMerge'].includes(of.name)) {
          const pieces = of.arguments.flatMap((piece) => (piece.kind === 'list' ? piece.items : [piece]));
          for (const piece of pieces) if (piece.kind === 'object') this.fitPiece(piece, wanted, env);
        } else this.compare(of, wanted, env);
        return;
      default:
        this.compare(of, wanted, env);
    }
  }

  fitObject(
    of: ObjectExpression,
    kind: ObjectKind,
    env: Env,
    { partial = false, beside }: Leniency = {},
  ): void {
    const members = this.membersFor(of, kind, env);
    const seen = new Set<string>();
    let whole = true;
    for (const member of of.members) {
      if (member.kind === 'spread' || member.name === undefined) {
        whole = false;
        if (member.kind === 'property') continue;
        if (member.of.kind === 'object') this.fitPiece(member.of, kind, env);
        continue;
      }
      if (seen.has(member.name)) this.faults.add(env.file, member.at, `“${member.name}” is said twice`);
      seen.add(member.name);
      if (beside?.has(member.name) !== true) this.fitMember(member, member.name, members, kind, env);
    }
    if (!whole || partial) return;
    for (const [name, { required }] of members ?? [])
      if (required && !seen.has(name))
        this.faults.add(env.file, of.at, `“${name}” is missing: ${wording(kind)} must have it`);
  }

  private fitMember(
    { at, value }: Property,
    name: string,
    members: ReadonlyMap<string, Member> | undefined,
    kind: ObjectKind,
    env: Env,
  ): void {
    if (members === undefined) return;
    const member = members.get(name);
    if (member?.readOnly === true) this.faults.add(env.file, at, `“${name}” can only be read`);
    const place = member?.of ?? kind.further;
    // Where Azure takes other names too, one that is nearly described is hardly another.
    const slip =
      member === undefined && kind.further?.is === 'any' ? slipOf(name, members.keys()) : undefined;
    if (place === undefined || slip !== undefined)
      this.faults.add(
        env.file,
        at,
        `${wording(kind)} has no “${name}”${hint(name, members.keys()) || listed(members)}`,
      );
    else this.fit(value, place, env);
  }

  private fitPiece(piece: ObjectExpression, wanted: Kind, env: Env): void {
    const kind = this.objectFor(piece, wanted);
    if (kind !== undefined) this.fitObject(piece, kind, env, { partial: true });
  }

  /** The one kind of object that is wanted, or the first that has every member said. */
  private objectFor(of: ObjectExpression, wanted: Kind): ObjectKind | undefined {
    const kinds = alternatives(wanted).filter((kind): kind is ObjectKind => kind.is === 'object');
    if (alternatives(wanted).some(({ is }) => is === 'any')) return undefined;
    const said = of.members.flatMap((member) => (member.kind === 'property' ? [member.name ?? ''] : []));
    return kinds.find((kind) => said.every((name) => kind.members().has(name))) ?? kinds[0];
  }

  /** With the members that a discriminator brings; undefined where its value can't be told. */
  private membersFor(
    of: ObjectExpression,
    kind: ObjectKind,
    env: Env,
  ): ReadonlyMap<string, Member> | undefined {
    if (kind.by === undefined || kind.variants === undefined) return kind.members();
    const said = of.members.find((member) => member.kind === 'property' && member.name === kind.by);
    if (said?.kind !== 'property') {
      if (of.members.every((member) => member.kind === 'property'))
        this.faults.add(env.file, of.at, `“${kind.by}” is missing: ${wording(kind)} must have it`);
      return undefined;
    }
    const value = this.typing.kindOf(said.value, env);
    const [only, ...more] = value.is === 'string' && value.open !== true ? (value.values ?? []) : [];
    if (only === undefined || more.length > 0) return undefined;
    const variant = kind.variants.get(only);
    if (variant?.is === 'object') return new Map([...kind.members(), ...variant.members()]);
    this.faults.add(
      env.file,
      said.value.at,
      `“${only}” is no ${kind.by} of ${wording(kind)}: there are ${[...kind.variants.keys()].join(', ')}`,
    );
    return undefined;
  }

  private compare(of: Expression, wanted: Kind, env: Env): void {
    const reason = mismatch(this.typing.kindOf(of, env), wanted);
    if (reason !== undefined) this.faults.add(env.file, of.at, reason);
  }
}

function listed(members: ReadonlyMap<string, Member>): string {
  const names = [...members].filter(([, { readOnly }]) => !readOnly).map(([name]) => name);
  return names.length === 0
    ? ''
    : `; it has ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`;
}
