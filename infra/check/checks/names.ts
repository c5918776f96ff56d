import { builtIns } from '../evaluate/calls';
import { type BicepFile } from '../read/file';
import { type Call, type Expression } from '../read/syntax';
import { funcOf, importOf } from './declarations';
import { type Faults } from './faults';
import { alternatives, hint } from './kind';
import { checkTypeNames, typesOf } from './type-names';
import { type Env, type Typing } from './typing';
import { walkFile } from './walk';

const decorators = new Set(
  (
    'description metadata secure allowed minValue maxValue minLength maxLength sealed discriminator export ' +
    'batchSize waitUntil retryOn onlyIfNotExists nullIfNotFound validate'
  ).split(' '),
);

/** Whether every name means something, once, and is used. */
export function checkNames(file: BicepFile, typing: Typing, faults: Faults): void {
  const used = new Set<string>();
  walkFile(file, typing, (of, env) => checkName(of, env, typing, faults, used));
  for (const name of checkTypeNames(file, faults)) used.add(name);
  checkDecorators(file, faults);
  checkDoubles(file, faults);
  checkUse(file, used, faults);
}

function checkName(of: Expression, env: Env, typing: Typing, faults: Faults, used: Set<string>): void {
  const { file } = env;
  if (of.kind === 'name') {
    if (!env.locals.has(of.name)) used.add(of.name);
    if (typing.named(of.name, env) === undefined)
      faults.add(file, of.at, `nothing is called “${of.name}”${hint(of.name, namesOf(file))}`);
  } else if (of.kind === 'nested') {
    used.add(of.name);
    if (!file.resources.some(({ resource, within }) => within !== undefined && resource.name === of.name))
      faults.add(file, of.at, `no resource “${of.name}” is declared inside another`);
  } else if (of.kind === 'call') checkCall(of, file, typing, faults, used);
  else if (of.kind === 'member' && !of.safe) checkMember(of, env, typing, faults);
}

/** A member that is read of what has none of that name: a resource, a module's outputs, a typed parameter. */
function checkMember(
  of: Expression & { readonly kind: 'member' },
  env: Env,
  typing: Typing,
  faults: Faults,
): void {
  const kinds = alternatives(typing.kindOf(of.of, env));
  const [kind] = kinds;
  if (kind?.is === 'array') {
    faults.add(env.file, of.at, `a list has no “${of.name}”: name one of its items`);
    return;
  }
  if (
    kinds.length !== 1 ||
    kind?.is !== 'object' ||
    kind.further !== undefined ||
    kind.variants !== undefined
  )
    return;
  const names = kind.members();
  if (names.size > 0 && !names.has(of.name))
    faults.add(env.file, of.at, `${kind.name} has no “${of.name}”${hint(of.name, names.keys())}`);
}

function checkCall(of: Call, file: BicepFile, typing: Typing, faults: Faults, used: Set<string>): void {
  const { sources } = typing.workspace;
  const target = of.of?.kind === 'name' ? of.of.name : undefined;
  const imported = target === undefined ? undefined : importOf(target, file, sources);
  const own =
    of.of !== undefined && imported === undefined ? undefined : funcOf(of.name, imported ?? file, sources);
  if (own !== undefined) {
    if (imported === undefined) used.add(of.name);
    const count = own.func.parameters.length;
    if (of.arguments.length !== count)
      faults.add(file, of.at, `${of.name} takes ${count} arguments, not ${of.arguments.length}`);
    return;
  }
  if (imported === undefined && of.of !== undefined && target !== 'az' && target !== 'sys') {
    // What a resource answers: listKeys(), getSecret('…').
    if (!/^(list|get)/.test(of.name)) faults.add(file, of.at, `a resource has no function “${of.name}”`);
    return;
  }
  const builtIn = Object.hasOwn(builtIns, of.name) ? builtIns[of.name] : undefined;
  const given = of.arguments.length;
  if (builtIn === undefined) {
    if (/^list/.test(of.name)) return;
    faults.add(
      file,
      of.at,
      `there is no function “${of.name}”${hint(of.name, [...Object.keys(builtIns), ...file.all('func').map(({ name }) => name)])}`,
    );
  } else if (given < builtIn.least || given > builtIn.most) {
    const range =
      builtIn.most === Infinity
        ? `${builtIn.least} or more`
        : [...new Set([builtIn.least, builtIn.most])].join(' to ');
    faults.add(file, of.at, `${of.name} takes ${range} arguments, not ${given}`);
  }
}

function checkDecorators(file: BicepFile, faults: Faults): void {
  const inTypes = typesOf(file).flatMap((type) =>
    type.kind === 'type-object' ? type.properties.flatMap((property) => property.decorators) : [],
  );
  for (const { name, at } of [...file.statements.flatMap((statement) => statement.decorators), ...inTypes])
    if (!decorators.has(name))
      faults.add(file, at, `there is no decorator “${name}”${hint(name, decorators)}`);
}

function checkDoubles(file: BicepFile, faults: Faults): void {
  const seen = new Set<string>();
  const meet = (name: string, at: number) => {
    if (seen.has(name)) faults.add(file, at, `“${name}” is declared twice`);
    seen.add(name);
  };
  for (const statement of file.statements) {
    if (statement.kind === 'output') meet(`output ${statement.name}`, statement.at);
    else if (statement.kind === 'import') for (const { as, at } of statement.names) meet(as, at);
    else if ('name' in statement && statement.kind !== 'metadata') meet(statement.name, statement.at);
  }
}

function checkUse(file: BicepFile, used: ReadonlySet<string>, faults: Faults): void {
  const unused = (name: string, at: number, what: string) => {
    if (!used.has(name)) faults.add(file, at, `${what} “${name}” is used nowhere: leave it out`);
  };
  const words = {
    param: 'the parameter',
    var: 'the variable',
    func: 'the function',
    type: 'the type',
  } as const;
  for (const kind of ['param', 'var', 'func', 'type'] as const)
    for (const { name, at, decorators: marks } of file.all(kind))
      if (!marks.some((mark) => mark.name === 'export')) unused(name, at, words[kind]);
  for (const { resource, within } of file.resources)
    if (resource.existing && within === undefined && resource.body.children.length === 0)
      unused(resource.name, resource.at, 'the existing resource');
  for (const { names, all, at } of file.all('import')) {
    if (all !== undefined) unused(all, at, 'the import');
    for (const one of names) unused(one.as, one.at, 'the import');
  }
}

function namesOf(file: BicepFile): readonly string[] {
  return [
    ...file.statements.flatMap((statement) =>
      'name' in statement && statement.kind !== 'output' ? [statement.name] : [],
    ),
    ...file
      .all('import')
      .flatMap(({ names, all }) => [...names.map(({ as }) => as), ...(all === undefined ? [] : [all])]),
  ];
}
