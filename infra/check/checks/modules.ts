import { type BicepFile } from '../read/file';
import { type Expression, type Module } from '../read/syntax';
import { type Faults } from './faults';
import { type Fitting } from './fitting';
import { any, text, type Kind, type Member } from './kind';
import { member } from './resources';
import { isSecure, leaksOf } from './secrets';
import { type Env, type Typing } from './typing';
import { envOf } from './walk';

/** Whether each module is there, in a scope where it may be, and called with the parameters that it takes. */
export function checkModules(file: BicepFile, typing: Typing, fitting: Fitting, faults: Faults): void {
  for (const module of file.all('module')) {
    if (!module.path.endsWith('.bicep')) {
      faults.add(
        file,
        module.at,
        `${module.path} can't be read here: modules are Bicep files beside this one, not a registry's`,
      );
      continue;
    }
    const inner = typing.workspace.sources.bicep(file.beside(module.path));
    if (inner === undefined) {
      faults.add(file, module.at, `there is no file ${module.path}`);
      continue;
    }
    const env = envOf(module, { file, locals: new Map() }, typing);
    fitting.fitObject(module.body, callKind(inner, typing), env);
    checkSecrets(module, inner, env, faults);
    checkScope(module, inner, file, faults);
  }
  for (const { path, at, names } of file.all('import')) {
    const other = typing.workspace.sources.bicep(file.beside(path));
    if (other === undefined) {
      faults.add(file, at, `there is no file ${path}`);
      continue;
    }
    for (const { name, at: place } of names) {
      const exported = other.statements.find((statement) => 'name' in statement && statement.name === name);
      if (exported?.decorators.some((mark) => mark.name === 'export') !== true)
        faults.add(file, place, `${path} exports no “${name}”`);
    }
  }
}

/** What a call of a module looks like. */
function callKind(inner: BicepFile, typing: Typing) {
  const params = new Map(
    inner.all('param').map((param): [string, Member] => {
      const optional = param.value !== undefined || param.type.kind === 'type-nullable';
      return [param.name, { of: typing.declared(param, inner), required: !optional, readOnly: false }];
    }),
  );
  const required = [...params.values()].some((param) => param.required);
  const optional = (of: Kind): Member => ({ of, required: false, readOnly: false });
  const given: Kind = { is: 'object', name: 'its parameters', members: () => params, further: undefined };
  const members = new Map<string, Member>([
    ['params', { of: given, required, readOnly: false }],
    ...['name'].map((name) => [name, optional(text)] as const),
    ...['scope', 'dependsOn', 'identity'].map((name) => [name, optional(any)] as const),
  ]);
  return { is: 'object' as const, name: 'a module', members: () => members, further: undefined };
}

function checkSecrets(module: Module, inner: BicepFile, { file }: Env, faults: Faults): void {
  const params = member(module.body.members, 'params');
  for (const given of params?.kind === 'object' ? params.members : []) {
    if (given.kind !== 'property') continue;
    const param = given.name === undefined ? undefined : inner.named('param', given.name);
    if (param !== undefined && !isSecure(param) && leaksOf(given.value, file) !== undefined)
      faults.add(
        file,
        given.at,
        `a secret is given to “${param.name}”, which is not marked @secure() in ${module.path}`,
      );
  }
}

function checkScope(module: Module, inner: BicepFile, file: BicepFile, faults: Faults): void {
  const scope = member(module.body.members, 'scope');
  const given = scope === undefined ? file.scope : scopeOf(scope, file);
  if (given === undefined || given === inner.scope) return;
  const advice = scope === undefined ? `: give it a scope` : '';
  faults.add(
    file,
    scope?.at ?? module.at,
    `${module.path} is for a ${inner.scope}, not for a ${given}${advice}`,
  );
}

function scopeOf(scope: Expression, file: BicepFile): string | undefined {
  if (scope.kind === 'call')
    return ['resourceGroup', 'subscription', 'tenant', 'managementGroup'].find((name) => name === scope.name);
  const type =
    scope.kind === 'name'
      ? file.resources.find(({ resource }) => resource.name === scope.name)?.type
      : undefined;
  if (type === undefined) return undefined;
  return type === 'Microsoft.Resources/resourceGroups' ? 'resourceGroup' : 'resource';
}
