import { type BicepFile } from '../read/file';
import { type Body, type Expression, type Resource } from '../read/syntax';
import { any } from './kind';
import { kindOfType } from './kinds-of-types';
import { type Env, type Typing } from './typing';

export type Visit = (of: Expression, env: Env) => void;

/** Every expression of a file, outer before inner, with the names known where it stands. */
export function walkFile(file: BicepFile, typing: Typing, visit: Visit): void {
  const top: Env = { file, locals: new Map() };
  for (const statement of file.statements) {
    for (const { arguments: given } of statement.decorators)
      for (const one of given) walk(one, top, typing, visit);
    switch (statement.kind) {
      case 'param':
        if (statement.value !== undefined) walk(statement.value, top, typing, visit);
        break;
      case 'var':
      case 'output':
      case 'metadata':
      case 'assert':
        walk(statement.value, top, typing, visit);
        break;
      case 'func': {
        const locals = statement.parameters.map(
          ({ name, type }) => [name, kindOfType(type, file, typing.workspace.sources)] as const,
        );
        walk(statement.body, { file, locals: new Map(locals) }, typing, visit);
        break;
      }
      case 'resource':
        walkResource(statement, top, typing, visit);
        break;
      case 'module':
        walkBody(statement, top, typing, visit);
        break;
      case 'type':
      case 'import':
      case 'targetScope':
    }
  }
}

/** The names known inside a resource's or a module's body. */
export function envOf({ loop }: Body, outer: Env, typing: Typing): Env {
  return loop === undefined ? outer : typing.turn(loop, outer);
}

function walkBody(of: Body, outer: Env, typing: Typing, visit: Visit): Env {
  if (of.loop !== undefined) walk(of.loop.over, outer, typing, visit);
  const env = envOf(of, outer, typing);
  if (of.condition !== undefined) walk(of.condition, env, typing, visit);
  walk(of.body, env, typing, visit);
  return env;
}

function walkResource(of: Resource, outer: Env, typing: Typing, visit: Visit): void {
  const env = walkBody(of, outer, typing, visit);
  for (const child of of.body.children) walkResource(child, env, typing, visit);
}

export function walk(of: Expression, env: Env, typing: Typing, visit: Visit): void {
  visit(of, env);
  const go = (one: Expression, inner: Env = env) => walk(one, inner, typing, visit);
  switch (of.kind) {
    case 'text':
      for (const piece of of.pieces) if (typeof piece !== 'string') go(piece);
      return;
    case 'list':
      for (const item of of.items) go(item.kind === 'spread' ? item.of : item);
      return;
    case 'object':
      for (const member of of.members) {
        if (member.kind === 'property') go(member.key);
        go(member.kind === 'property' ? member.value : member.of);
      }
      return;
    case 'for':
      go(of.over);
      go(of.body, typing.turn(of, env));
      return;
    case 'call':
      if (of.of !== undefined) go(of.of);
      for (const one of of.arguments) go(one);
      return;
    case 'index':
      go(of.of);
      go(of.index);
      return;
    case 'member':
    case 'nested':
    case 'unary':
    case 'sure':
      go(of.of);
      return;
    case 'binary':
      go(of.left);
      go(of.right);
      return;
    case 'choice':
      go(of.condition);
      go(of.then);
      go(of.otherwise);
      return;
    case 'lambda':
      go(of.body, {
        ...env,
        locals: new Map([...env.locals, ...of.parameters.map((name) => [name, any] as const)]),
      });
      return;
    case 'name':
    case 'literal':
  }
}
