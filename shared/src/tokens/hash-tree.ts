import { hash } from 'node:crypto';

// As in RFC 6962, 2.1: leaves and inner nodes are hashed with different openings, or two hashes in a row could pass for a leaf.
// Hashes are texts, so a hash that is spelt differently is another hash.
const leafOf = (text: string): string => hash('sha256', `\0${text}`, 'base64url');
const nodeOf = (left: string, right: string): string => hash('sha256', `\x01${left}${right}`, 'base64url');

const stepLength = 44;
const steps = /[lr][\w-]{43}/gy;

/** SHA-256 over texts, pairwise up to one root: who knows the root can tell by a path that a text is among them. */
export class HashTree {
  /** Leaves first. A node that has no partner goes up a level as it is. */
  private readonly levels: readonly (readonly string[])[];

  constructor(texts: readonly string[]) {
    let level = texts.map(leafOf);
    const levels = [level];
    while (level.length > 1) levels.push((level = pairs(level)));
    this.levels = levels;
  }

  get root(): string {
    return this.levels.at(-1)?.[0] ?? '';
  }

  /** What the text's hash meets on its way up: for each step on which side (`l`, `r`) which hash stands, 44 characters. */
  pathOf(at: number): string {
    let path = '';
    let place = at;
    for (const level of this.levels) {
      const beside = level[place ^ 1];
      if (beside !== undefined) path += (place & 1 ? 'l' : 'r') + beside;
      place >>= 1;
    }
    return path;
  }
}

function pairs(level: readonly string[]): string[] {
  const above: string[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i] ?? '';
    const right = level[i + 1];
    above.push(right === undefined ? left : nodeOf(left, right));
  }
  return above;
}

/** The root that a text has by this path; undefined where it is none. */
export function rootOf(text: string, path: string): string | undefined {
  const taken = path.match(steps) ?? [];
  if (taken.length * stepLength !== path.length) return undefined;
  return taken.reduce((node, step) => {
    const beside = step.slice(1);
    return step.startsWith('l') ? nodeOf(beside, node) : nodeOf(node, beside);
  }, leafOf(text));
}
