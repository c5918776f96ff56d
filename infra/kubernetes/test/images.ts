import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Copy, DockerfileParser, type Dockerfile, type Instruction } from 'dockerfile-ast';
import { root } from './bundles';

export const readDockerfile = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The instructions of each stage, in order. */
export function stagesOf(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  for (const instruction of parsed(text).getInstructions())
    if (instruction.getKeyword() === 'FROM') stages.push([instruction]);
    else stages.at(-1)?.push(instruction);
  return stages;
}

const parsed = (text: string): Dockerfile => DockerfileParser.parse(text);

export const argumentsOf = (instruction: Instruction): readonly string[] =>
  instruction.getArguments().map((argument) => argument.getValue());

export interface Copied {
  /** A stage's name; undefined: the context. */
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly to: string;
}

/** The COPYs of a stage, with build arguments put in. */
export const copiesOf = (
  stage: readonly Instruction[],
  args: Readonly<Record<string, string>> = {},
): readonly Copied[] =>
  stage.flatMap((instruction) => {
    if (!(instruction instanceof Copy)) return [];
    const all = argumentsOf(instruction).map((each) =>
      each.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => args[name] ?? ''),
    );
    return [
      {
        from: instruction.getFromFlag()?.getValue() ?? undefined,
        sources: all.slice(0, -1),
        to: all.at(-1) ?? '',
      },
    ];
  });

/** Whether .dockerignore lets a path into the context: the last line that fits it, or a folder above it, decides. */
export function isSent(file: string, ignore: string): boolean {
  const parts = file.split('/');
  const places = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  let sent = true;
  for (const line of ignore.split('\n')) {
    const pattern = line.replace(/^!/, '');
    if (pattern === '' || pattern.startsWith('#')) continue;
    if (places.some((place) => asExpression(pattern).test(place))) sent = line.startsWith('!');
  }
  return sent;
}

// Unlike a shell's, these stars match names that begin with a dot.
const asExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replaceAll('.', '\\.').replaceAll(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(.*/)?'))}$`,
  );

/** The context's COPYs of a stage, as they would lie in `folder`. */
export function layOut(copies: readonly Copied[], folder: string): void {
  const ignore = readDockerfile('.dockerignore');
  for (const { sources, to } of copies)
    for (const source of sources) {
      const target = path.join(folder, to, to.endsWith('/') ? path.basename(source) : '');
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(root, source), target, {
        recursive: true,
        filter: (file) => file === path.join(root, source) || isSent(path.relative(root, file), ignore),
      });
    }
}

/** node_modules as `npm prune --omit=dev --omit=optional` leaves it. */
export function layOutPackages(folder: string): void {
  const lock = JSON.parse(readDockerfile('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean; link?: boolean }>;
  };
  for (const [place, { dev, optional, devOptional, link }] of Object.entries(lock.packages)) {
    const inner = /^node_modules\/(?!.*\/node_modules\/)/.test(place);
    if (!inner || dev || optional || devOptional || link || !existsSync(path.join(root, place))) continue;
    mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
    symlinkSync(path.join(root, place), path.join(folder, place));
  }
}
