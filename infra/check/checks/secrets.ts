import { type BicepFile } from '../read/file';
import { type Expression, type Param } from '../read/syntax';
import { type Faults } from './faults';

/** Whether what must stay secret is written down or handed out. */
export function checkSecrets(file: BicepFile, faults: Faults): void {
  for (const output of file.all('output')) {
    const leak = leaksOf(output.value, file);
    if (leak !== undefined && !isSecure(output))
      faults.add(
        file,
        output.value.at,
        `${leak} is handed out: what is an output can be read in the deployment's history`,
      );
  }
  for (const param of file.all('param')) {
    const { value } = param;
    if (isSecure(param) && value !== undefined && saysSomething(value))
      faults.add(
        file,
        value.at,
        `the secret “${param.name}” is written down here: leave its value to who deploys`,
      );
  }
}

/** Empty texts, lists and objects give nothing away, and neither does what is made anew: `newGuid()`. */
function saysSomething(value: Expression): boolean {
  if (value.kind === 'text') return value.pieces.some((piece) => piece !== '');
  if (value.kind === 'object') return value.members.length > 0;
  if (value.kind === 'list') return value.items.length > 0;
  return value.kind === 'literal' && value.value !== null;
}

export function isSecure({ decorators, type }: Pick<Param, 'decorators' | 'type'>): boolean {
  if (decorators.some(({ name }) => name === 'secure')) return true;
  return type.kind === 'type-name' && type.name.startsWith('secure');
}

/** The secret that flows into an expression, through variables too. */
export function leaksOf(
  of: Expression,
  file: BicepFile,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const any = (...parts: readonly (Expression | undefined)[]) => {
    for (const part of parts) {
      const leak = part === undefined ? undefined : leaksOf(part, file, seen);
      if (leak !== undefined) return leak;
    }
    return undefined;
  };
  switch (of.kind) {
    case 'name': {
      const param = file.named('param', of.name);
      if (param !== undefined) return isSecure(param) ? `the secret “${of.name}”` : undefined;
      const variable = seen.has(of.name) ? undefined : file.named('var', of.name);
      return variable === undefined ? undefined : leaksOf(variable.value, file, new Set([...seen, of.name]));
    }
    case 'call':
      if (/^list/.test(of.name) || of.name === 'getSecret') return `what ${of.name}() answers`;
      if (['empty', 'length', 'contains', 'uniqueString', 'guid'].includes(of.name)) return undefined;
      return any(of.of, ...of.arguments);
    case 'text':
      return any(...of.pieces.filter((piece) => typeof piece !== 'string'));
    case 'list':
      return any(...of.items.map((item) => (item.kind === 'spread' ? item.of : item)));
    case 'object':
      return any(...of.members.map((member) => (member.kind === 'spread' ? member.of : member.value)));
    case 'for':
      return any(of.over, of.body);
    case 'member':
    case 'index':
    case 'sure':
      return any(of.of);
    case 'choice':
      return any(of.then, of.otherwise);
    case 'binary':
      return of.sign === '??' ? any(of.left, of.right) : undefined;
    case 'lambda':
      return any(of.body);
    case 'nested':
    case 'unary':
    case 'literal':
      return undefined;
  }
}
