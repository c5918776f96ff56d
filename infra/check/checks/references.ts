import { type BicepFile } from '../read/file';
import { type Expression } from '../read/syntax';
import { type Faults } from './faults';
import { type Typing } from './typing';
import { walkFile } from './walk';

/** The compiler's own limits, in characters. */
const longest: Readonly<Record<string, number>> = { loadTextContent: 131_072, loadJsonContent: 1_048_576 };

/** Whether the files that are taken in are there, and what is waited for is something to wait for. */
export function checkReferences(file: BicepFile, typing: Typing, faults: Faults): void {
  walkFile(file, typing, (of) => {
    if (of.kind === 'call' && of.of === undefined && of.name.startsWith('load'))
      checkLoad(of, file, typing, faults);
  });
  for (const { body } of [...file.resources.map(({ resource }) => resource), ...file.all('module')])
    for (const member of body.members)
      if (member.kind === 'property' && member.name === 'dependsOn' && member.value.kind === 'list')
        for (const item of member.value.items)
          checkWait(item.kind === 'spread' ? item.of : item, file, faults);
}

function checkLoad(
  of: Expression & { readonly kind: 'call' },
  file: BicepFile,
  typing: Typing,
  faults: Faults,
): void {
  const kind =
    of.arguments[0] === undefined ? undefined : typing.kindOf(of.arguments[0], { file, locals: new Map() });
  const [name] = kind?.is === 'string' ? (kind.values ?? []) : [];
  if (name === undefined) {
    faults.add(file, of.at, `the path given to ${of.name} must be written out`);
    return;
  }
  if (of.name === 'loadDirectoryFileInfo') return;
  const text = typing.workspace.sources.text(file.beside(name));
  if (text === undefined) {
    faults.add(file, of.at, `there is no file ${name}`);
    return;
  }
  const limit = longest[of.name];
  if (limit !== undefined && text.length > limit)
    faults.add(file, of.at, `${name} has ${text.length} characters: ${of.name} takes at most ${limit}`);
  if (of.name !== 'loadJsonContent') return;
  try {
    JSON.parse(text);
  } catch (fault) {
    faults.add(file, of.at, `${name} isn't JSON: ${(fault as Error).message}`);
  }
}

function checkWait(of: Expression, file: BicepFile, faults: Faults): void {
  if (of.kind === 'index' || of.kind === 'sure') {
    checkWait(of.of, file, faults);
    return;
  }
  if (of.kind === 'choice') {
    checkWait(of.then, file, faults);
    checkWait(of.otherwise, file, faults);
    return;
  }
  if (of.kind === 'nested' || of.kind === 'for' || of.kind === 'literal') return;
  const named = of.kind === 'name' ? of.name : '';
  if (
    file.resources.some(({ resource }) => resource.name === named) ||
    file.named('module', named) !== undefined
  )
    return;
  faults.add(file, of.at, 'dependsOn names resources and modules of this file alone');
}
