import { hash } from 'node:crypto';

// As in RFC 6962, 2.1: leaves and inner nodes are hashed with different openings, or two hashes in a row could pass for a leaf.
// Hashes are texts, so a hash that is spelt differently is another hash.
const leafOf = (text: string): string => hash('sha256', `\0${text}`, 'base64url');
const nodeOf = (left: string, right: string): string => hash('sha256', `\x01${left}${right}`, 'base64url');

const stepLength = 44;
const steps = /[lr][\w-]{43}/gy;

/** SHA-256 over texts, pairwise up to one root: who knows the root can tell by a path that a text is among them. */
export interface HashTree {
  readonly root: string;
  /** For each text what its hash meets on its way up: at each step the side, `l` or `r`, and the hash that stands there. */
  readonly paths: readonly string[];
}

export function hashTree(texts: readonly string[]): HashTree {
  return over(texts.map(leafOf));
}

function over(nodes: readonly string[]): HashTree {
  if (nodes.length <= 1) return { root: nodes[0] ?? '', paths: [''] };
  const above = over(pairs(nodes));
  const paths = nodes.map((_, at) => stepFrom(at, nodes) + (above.paths[at >> 1] ?? ''));
  return { root: above.root, paths };
}

function stepFrom(at: number, nodes: readonly string[]): string {
  const beside = nodes[at ^ 1];
  return beside === undefined ? '' : (at & 1 ? 'l' : 'r') + beside;
}

/** Whoever has no partner goes up as it is. */
function pairs(nodes: readonly string[]): string[] {
  const above: string[] = [];
  for (let i = 0; i < nodes.length; i += 2) {
    const left = nodes[i] ?? '';
    const right = nodes[i + 1];
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
