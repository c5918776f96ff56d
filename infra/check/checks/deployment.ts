import { EvaluationFault } from '../evaluate/frame';
import { isList, isObject, isUnknown, textOf, type Value, type ValueObject } from '../evaluate/value';
import { expand, type ExpandedResource } from '../expand';
import { type BicepFile } from '../read/file';
import { type Faults } from './faults';
import { alternatives, any, openObject, unionOf, type Kind, type Member } from './kind';
import { bodyKind } from './kinds-of-shapes';
import { mismatch } from './mismatch';
import { type Typing } from './typing';

/**
 * Deploys on paper, once for each value that a parameter may choose from, and looks at what would be sent: what is put
 * together from parameters, tables and loops can't be seen in the text of any one resource.
 */
export function checkDeployments(file: BicepFile, typing: Typing, faults: Faults): void {
  for (const given of choices(file, typing)) {
    const chosen = Object.entries(given).map(([name, value]) => `${name} ${textOf(value)}`);
    const note = chosen.length === 0 ? '' : ` (with ${chosen.join(', ')})`;
    try {
      checkDeployment(file, given, note, typing, faults);
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
      faults.add(typing.workspace.sources.bicep(fault.file) ?? file, fault.at, `${fault.message}${note}`);
    }
  }
}

/** The defaults alone, and then each choice by itself. */
function choices(file: BicepFile, typing: Typing): readonly ValueObject[] {
  const each = file.all('param').flatMap((param) =>
    alternatives(typing.declared(param, file)).flatMap((kind): readonly ValueObject[] => {
      if (kind.is === 'bool') return [true, false].map((value) => ({ [param.name]: value }));
      return kind.is === 'string' ? (kind.values ?? []).map((value) => ({ [param.name]: value })) : [];
    }),
  );
  return [{}, ...each];
}

function checkDeployment(
  file: BicepFile,
  given: ValueObject,
  note: string,
  typing: Typing,
  faults: Faults,
): void {
  const { sources, descriptions } = typing.workspace;
  const { resources, modules } = expand(sources, file.path, given);
  const tell = ({ file: path, at }: ExpandedResource['where'], reason: string | undefined) => {
    const place = sources.bicep(path);
    if (reason !== undefined && place !== undefined) faults.add(place, at, `${reason}${note}`);
  };
  for (const { type, apiVersion, body, where } of resources) {
    const description = descriptions.of(type, apiVersion);
    if (description !== undefined) tell(where, mismatch(kindOfValue(body), bodyKind(description)));
  }
  for (const { path, parameters, where } of modules) {
    const inner = sources.bicep(path);
    for (const param of inner?.all('param') ?? []) {
      const value = parameters[param.name];
      const reason =
        value === undefined || inner === undefined
          ? undefined
          : mismatch(kindOfValue(value), typing.declared(param, inner));
      tell(where, reason === undefined ? undefined : `for “${param.name}” ${reason}`);
    }
  }
}

function kindOfValue(value: Value): Kind {
  if (isUnknown(value)) return any;
  if (isList(value)) return { is: 'array', of: unionOf(value.map(kindOfValue)) };
  if (typeof value === 'string')
    return value.includes('⟨') ? { is: 'string' } : { is: 'string', values: [value] };
  if (typeof value === 'number') return { is: 'int', value };
  if (typeof value === 'boolean') return { is: 'bool', value };
  if (!isObject(value)) return { is: 'null' };
  if (Object.keys(value).some((key) => key.startsWith('...'))) return openObject;
  const members = new Map(
    Object.entries(value).map(([key, of]): [string, Member] => [
      key,
      { of: kindOfValue(of), required: true, readOnly: false },
    ]),
  );
  return { is: 'object', name: 'object', members: () => members, further: undefined };
}
