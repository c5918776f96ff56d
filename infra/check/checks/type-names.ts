import { type BicepFile } from '../read/file';
import { type Type } from '../read/syntax';
import { type Faults } from './faults';
import { hint } from './kind';
import { ambientTypes } from './kinds-of-types';

/** Whether each type that is named is there. @returns the names, which are thereby used */
export function checkTypeNames(file: BicepFile, faults: Faults): readonly string[] {
  const imports = file.all('import').flatMap(({ all, names }) => [all ?? '', ...names.map(({ as }) => as)]);
  const known = [...file.all('type').map(({ name }) => name), ...imports, ...ambientTypes, 'sys', 'az'];
  return typesOf(file).flatMap((type) => {
    if (type.kind !== 'type-name') return [];
    if (!known.includes(type.name))
      faults.add(file, type.at, `there is no type “${type.name}”${hint(type.name, known)}`);
    return [type.name];
  });
}

/** Every type that a file writes down, outer and inner. */
export function typesOf(file: BicepFile): readonly Type[] {
  const found: Type[] = [];
  const go = (type: Type): void => {
    found.push(type);
    switch (type.kind) {
      case 'type-array': {
        go(type.item);
        return;
      }
      case 'type-tuple': {
        type.items.forEach(go);
        return;
      }
      case 'type-union': {
        type.of.forEach(go);
        return;
      }
      case 'type-object':
        for (const property of type.properties) go(property.type);
        if (type.further !== undefined) go(type.further);
        return;
      case 'type-nullable':
      case 'type-item':
      case 'type-member': {
        go(type.of);
        return;
      }
      case 'type-name':
      case 'type-literal':
      case 'type-resource':
    }
  };
  for (const { type } of [...file.all('param'), ...file.all('output'), ...file.all('type')]) go(type);
  for (const { parameters, returns } of file.all('func'))
    [...parameters.map(({ type }) => type), returns].forEach(go);
  return found;
}
