import { type BicepFile, type DeclaredResource } from '../read/file';
import { type Expression } from '../read/syntax';
import { type Description } from '../describe/description';
import { type Faults } from './faults';
import { type Fitting } from './fitting';
import { hint } from './kind';
import { bodyKind } from './kinds-of-shapes';
import { type Env, type Typing } from './typing';
import { envOf } from './walk';

/** Of Bicep's own, beside what Azure describes. */
const beside = new Set(['parent', 'scope', 'dependsOn', 'asserts', 'eTag']);
const scopeBits: Readonly<Record<string, number>> = {
  tenant: 1,
  managementGroup: 2,
  subscription: 4,
  resourceGroup: 8,
};
const onAnother = 16;

/** Whether each resource is one that Azure knows, said as Azure describes it, in a place where it may be. */
export function checkResources(file: BicepFile, typing: Typing, fitting: Fitting, faults: Faults): void {
  for (const declared of file.resources) {
    const { resource, type, apiVersion } = declared;
    if (!/^[A-Za-z]+\.[A-Za-z.]+(\/[A-Za-z0-9]+)+$/.test(type) || apiVersion === '') {
      faults.add(
        file,
        resource.at,
        `“${resource.type}” is no resource type with its version: Microsoft.Web/sites@2025-03-01 is one`,
      );
      continue;
    }
    const description = describe(declared, file, typing, faults);
    const env = envIn(declared, { file, locals: new Map() }, typing);
    checkParent(declared, file, faults);
    if (description === undefined) continue;
    const kind = bodyKind(description);
    if (kind.is === 'object')
      fitting.fitObject(resource.body, kind, env, { partial: resource.existing, beside });
    if (!resource.existing) checkScope(declared, description, env, faults);
  }
}

function describe(
  { resource, type, apiVersion }: DeclaredResource,
  file: BicepFile,
  { workspace }: Typing,
  faults: Faults,
) {
  const { descriptions } = workspace;
  const description = descriptions.of(type, apiVersion);
  if (description !== undefined) return description;
  const versions = descriptions.versionsOf(type);
  const known =
    versions.length > 0 ? `; at ${versions.join(', ')} it is` : hint(type.toLowerCase(), descriptions.types);
  faults.add(
    file,
    resource.at,
    `${type}@${apiVersion} isn't described here${known} (if it is right: npm run extract-types -- --from DIR ${type}@${apiVersion})`,
  );
  return undefined;
}

function envIn({ resource, within }: DeclaredResource, top: Env, typing: Typing): Env {
  return envOf(resource, within === undefined ? top : envIn(within, top, typing), typing);
}

function checkParent({ resource, type, within }: DeclaredResource, file: BicepFile, faults: Faults): void {
  const parent = member(resource.body.members, 'parent');
  const name = member(resource.body.members, 'name');
  const segments = type.split('/').length - 1;
  if (parent !== undefined) {
    const named =
      parent.kind === 'name' || parent.kind === 'nested'
        ? parent.name
        : parent.kind === 'index' && parent.of.kind === 'name'
          ? parent.of.name
          : undefined;
    const found = file.resources.find((one) => one.resource.name === named);
    const wanted = type.slice(0, type.lastIndexOf('/'));
    if (found !== undefined && found.type.toLowerCase() !== wanted.toLowerCase())
      faults.add(file, parent.at, `the parent of ${type} is a ${wanted}, not a ${found.type}`);
    return;
  }
  const [written, ...rest] = name?.kind === 'text' ? name.pieces : [];
  if (within !== undefined || name === undefined || typeof written !== 'string' || rest.length > 0) return;
  if (written.split('/').length !== segments)
    faults.add(file, name.at, `${type} needs a parent, or a name of ${segments} parts with “/” between`);
}

function checkScope(
  { resource, type, within }: DeclaredResource,
  { scopes }: Description,
  { file }: Env,
  faults: Faults,
): void {
  const scope = member(resource.body.members, 'scope');
  if (within !== undefined || member(resource.body.members, 'parent') !== undefined) return;
  if (scope === undefined) {
    if ((scopes & (scopeBits[file.scope] ?? 0)) === 0)
      faults.add(
        file,
        resource.at,
        `${type} can't be deployed in a ${file.scope}: move it into a module that is, and give that a scope`,
      );
    return;
  }
  const group =
    scope.kind === 'name' ? file.resources.find((one) => one.resource.name === scope.name)?.type : undefined;
  if (
    group === 'Microsoft.Resources/resourceGroups' ||
    (scope.kind === 'call' &&
      ['resourceGroup', 'subscription'].includes(scope.name) &&
      scope.arguments.length > 0)
  )
    faults.add(
      file,
      scope.at,
      'a resource lies where its file is deployed: move it into a module, and give that the scope',
    );
  else if (group !== undefined && (scopes & onAnother) === 0)
    faults.add(file, scope.at, `${type} can't be put on another resource`);
}

export function member(
  members: (Expression & { readonly kind: 'object' })['members'],
  name: string,
): Expression | undefined {
  for (const one of members) if (one.kind === 'property' && one.name === name) return one.value;
  return undefined;
}
