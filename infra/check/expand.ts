import { type Place } from './evaluate/frame';
import { type ResourceHandle } from './evaluate/handles';
import { Template } from './evaluate/template';
import { isUnknown, type Value, type ValueObject } from './evaluate/value';
import { type Sources } from './read/sources';

/** A resource as it would be deployed. */
export interface ExpandedResource {
  readonly type: string;
  readonly apiVersion: string;
  /** With its parents' names before it: `server/database`. */
  readonly name: string;
  readonly id: string;
  /** The id of what it lies in (a resource group, a subscription) or extends (any resource). */
  readonly scope: string;
  readonly properties: ValueObject;
  /** Everything that stands in the body, `properties` too. */
  readonly body: ValueObject;
  /** true, or what is unknown of the conditions that it stands under; what stands under a false one is left out. */
  readonly condition: Value;
  /** Its declaration; `at` is the offset in the file's text. */
  readonly where: {
    readonly file: string;
    readonly at: number;
    readonly line: number;
    readonly column: number;
  };
}

/** A module as it would be deployed. */
export interface ExpandedModule {
  /** Its own file. */
  readonly path: string;
  readonly parameters: ValueObject;
  /** The declaration that calls it. */
  readonly where: ExpandedResource['where'];
}

export interface Expansion {
  readonly resources: readonly ExpandedResource[];
  readonly modules: readonly ExpandedModule[];
  readonly outputs: ValueObject;
}

const somewhere: Place = {
  id: '/subscriptions/00000000-0000-0000-0000-000000000001',
  location: 'westeurope',
  tags: {},
  tenantId: '00000000-0000-0000-0000-000000000002',
};

/**
 * What a deployment of `entry` with these parameters would create, as far as that can be told without Azure: what can't
 * is an `Unknown`, or ⟨its name⟩ inside a string. `uniqueString` and `guid` give other figures than Azure's.
 * @throws EvaluationFault where an expression can't come to anything
 */
export function expand(
  sources: Sources,
  entry: string,
  parameters: ValueObject = {},
  at: Partial<Place> = {},
): Expansion {
  const file = sources.bicep(entry);
  if (file === undefined) throw new Error(`there is no file ${entry}`);
  const inGroup = file.scope === 'resourceGroup' ? `${somewhere.id}/resourceGroups/rg` : somewhere.id;
  const template = new Template(sources, file, parameters, { ...somewhere, id: inGroup, ...at });
  const deployments = deploymentsOf(template, true);
  return {
    resources: deployments.flatMap(resourcesOf),
    modules: deployments.flatMap(modulesOf),
    outputs: template.outputs,
  };
}

/** A file and the modules that it calls, outer before inner, each with what is unknown of whether it is deployed. */
interface Deployment {
  readonly template: Template;
  readonly condition: Value;
}

function deploymentsOf(template: Template, condition: Value): readonly Deployment[] {
  const calls = template.modules.filter((call) => call.condition !== false);
  return [
    { template, condition },
    ...calls.flatMap((call) => deploymentsOf(call.inner, both(condition, call.condition))),
  ];
}

function resourcesOf({ template, condition }: Deployment): readonly ExpandedResource[] {
  return template.resources
    .filter(({ declared, condition: stands }) => !declared.resource.existing && stands !== false)
    .map((handle) => expanded(template, handle, both(condition, handle.condition)));
}

function modulesOf({ template: { modules, file } }: Deployment): readonly ExpandedModule[] {
  return modules
    .filter((call) => call.condition !== false)
    .map(({ inner, module }) => ({
      path: inner.file.path,
      parameters: inner.parameters,
      where: { file: file.path, at: module.at, ...file.place(module.at) },
    }));
}

const both = (outer: Value, inner: Value) => (isUnknown(outer) ? outer : inner);

function expanded({ file }: Template, handle: ResourceHandle, condition: Value): ExpandedResource {
  const { declared, body, type, name, id, scope } = handle;
  const { properties = {} } = body;
  return {
    ...{ type, apiVersion: declared.apiVersion, name, id, scope, body, condition },
    properties: properties as ValueObject,
    where: { file: file.path, at: declared.resource.at, ...file.place(declared.resource.at) },
  };
}
