import { checkDeployments } from './checks/deployment';
import { Faults, type Fault } from './checks/faults';
import { Fitting } from './checks/fitting';
import { checkModules } from './checks/modules';
import { checkNames } from './checks/names';
import { checkReferences } from './checks/references';
import { checkResources } from './checks/resources';
import { checkSecrets } from './checks/secrets';
import { Typing } from './checks/typing';
import { type Descriptions } from './describe/descriptions';
import { type BicepFile } from './read/file';
import { templatesOf, type Sources } from './read/sources';

/** What is wrong with these files and with every file that they take in. */
export function check(
  entries: readonly string[],
  sources: Sources,
  descriptions: Descriptions,
): readonly Fault[] {
  const faults = new Faults();
  const typing = new Typing({ sources, descriptions });
  const fitting = new Fitting(typing, faults);
  const files = new Map(
    entries.flatMap((entry) => templatesOf(sources, entry)).map((file) => [file.path, file]),
  );
  for (const file of files.values()) {
    for (const { at, message } of file.syntaxFaults) faults.add(file, at, message);
    checkNames(file, typing, faults);
    checkResources(file, typing, fitting, faults);
    checkModules(file, typing, fitting, faults);
    checkReferences(file, typing, faults);
    checkSecrets(file, faults);
    checkDeclaredTypes(file, typing, fitting);
  }
  // What can't be read can't be deployed on paper either.
  if (faults.all.length === 0)
    for (const entry of entries) {
      const file = sources.bicep(entry);
      if (file !== undefined) checkDeployments(file, typing, faults);
    }
  return faults.all;
}

/** Whether defaults and outputs are of the types that they are declared to be. */
function checkDeclaredTypes(file: BicepFile, typing: Typing, fitting: Fitting): void {
  const env = { file, locals: new Map() };
  for (const param of file.all('param'))
    if (param.value !== undefined) fitting.fit(param.value, typing.declared(param, file), env);
  for (const output of file.all('output')) fitting.fit(output.value, typing.declared(output, file), env);
}
