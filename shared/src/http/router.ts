import { Problem } from './problem';
import type { Route } from './route';
import { apiBase } from './wire';

export interface Match<Endpoint> {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

interface Node<Endpoint> {
  readonly fixed: Map<string, Node<Endpoint>>;
  /** `{ticketId}.pdf`: a parameter with text around it; the longest text first. */
  readonly partial: { readonly before: string; readonly behind: string; readonly node: Node<Endpoint> }[];
  any: Node<Endpoint> | undefined;
  readonly methods: Map<string, { readonly names: readonly string[]; readonly endpoint: Endpoint }>;
}

const newNode = <Endpoint>(): Node<Endpoint> => ({
  fixed: new Map(),
  partial: [],
  any: undefined,
  methods: new Map(),
});

/**
 * A tree of path segments, built once. Fixed text goes before parameters, segment by segment; where that leads nowhere,
 * the parameter is tried. Paths are compared by case, and a slash at the end is another path.
 */
export class Router<Endpoint extends { readonly route: Pick<Route, 'method' | 'path'> }> {
  private readonly root = newNode<Endpoint>();

  constructor(endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) this.add(endpoint);
  }

  /** `url` as it came. Undefined: no such path. Throws a Problem (400) for a path that can't be decoded. */
  find(method: string, url: string): Match<Endpoint> | { readonly allowed: readonly string[] } | undefined {
    const question = url.indexOf('?');
    const path = question === -1 ? url : url.slice(0, question);
    if (!path.startsWith(`${apiBase}/`)) return undefined;
    const segments = path.slice(apiBase.length + 1).split('/');
    const values: string[] = [];
    const asked = method === 'HEAD' ? 'GET' : method;
    const found = walk(this.root, segments, 0, values, (node) => node.methods.get(asked));
    if (found) return { endpoint: found.endpoint, params: named(found.names, values) };
    const allowed = new Set<string>();
    walk(this.root, segments, 0, [], (node) => {
      for (const each of node.methods.keys()) allowed.add(each);
      return undefined;
    });
    if (allowed.size === 0) return undefined;
    if (allowed.has('GET')) allowed.add('HEAD');
    return { allowed: [...allowed, 'OPTIONS'].sort() };
  }

  private add(endpoint: Endpoint): void {
    const { method, path } = endpoint.route;
    const names: string[] = [];
    let node = this.root;
    for (const segment of path.split('/').slice(1)) {
      const parameter = /^([^{}]*)\{(\w+)\}([^{}]*)$/.exec(segment);
      if (parameter === null) {
        if (segment === '' || /[{}]/.test(segment)) throw new Error(`not a path for a route: ${path}`);
        node = getOrAdd(node.fixed, segment);
        continue;
      }
      const [, before = '', name = '', behind = ''] = parameter;
      names.push(name);
      node = before + behind === '' ? (node.any ??= newNode()) : partialNode(node, before, behind);
    }
    if (node.methods.has(method)) throw new Error(`two routes answer ${method} ${path}`);
    node.methods.set(method, { names, endpoint });
  }
}

function getOrAdd<Endpoint>(nodes: Map<string, Node<Endpoint>>, segment: string): Node<Endpoint> {
  const known = nodes.get(segment) ?? newNode<Endpoint>();
  nodes.set(segment, known);
  return known;
}

function partialNode<Endpoint>(node: Node<Endpoint>, before: string, behind: string): Node<Endpoint> {
  const known = node.partial.find((each) => each.before === before && each.behind === behind);
  if (known) return known.node;
  const added = newNode<Endpoint>();
  node.partial.push({ before, behind, node: added });
  node.partial.sort((a, b) => b.before.length + b.behind.length - (a.before.length + a.behind.length));
  return added;
}

/** The first node at the end of the path that `take` takes; `values` then holds the parameters, undecoded. */
function walk<Endpoint, Taken>(
  node: Node<Endpoint>,
  segments: readonly string[],
  depth: number,
  values: string[],
  take: (node: Node<Endpoint>) => Taken | undefined,
): Taken | undefined {
  const segment = segments[depth];
  if (segment === undefined) return take(node);
  const fixed = node.fixed.get(segment);
  const taken = fixed && walk(fixed, segments, depth + 1, values, take);
  if (taken) return taken;
  for (const { before, behind, node: next } of node.partial) {
    if (
      segment.length <= before.length + behind.length ||
      !segment.startsWith(before) ||
      !segment.endsWith(behind)
    )
      continue;
    values.push(segment.slice(before.length, segment.length - behind.length));
    const found = walk(next, segments, depth + 1, values, take);
    if (found) return found;
    values.pop();
  }
  if (node.any === undefined || segment === '') return undefined;
  values.push(segment);
  const found = walk(node.any, segments, depth + 1, values, take);
  if (found === undefined) values.pop();
  return found;
}

const none: Readonly<Record<string, string>> = Object.freeze({});

function named(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  if (names.length === 0) return none;
  const params: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) params[names[i] ?? ''] = decoded(values[i] ?? '');
  return params;
}

// No id, slug or name of ours holds these, and no store takes them as a key.
const neverInParameters = /[\p{Cc}/\\?#]/u;

function decoded(segment: string): string {
  let text = segment;
  if (segment.includes('%')) {
    try {
      text = decodeURIComponent(segment);
    } catch {
      throw new Problem(400, 'malformed-path', 'The path has a percent sign that begins no UTF-8 character.');
    }
  }
  if (text.length > 255 || neverInParameters.test(text)) throw notFound();
  return text;
}

export const notFound = (): Problem => new Problem(404, 'not-found', 'There is nothing here.');
