import { type BicepFile } from '../read/file';
import { type Sources } from '../read/sources';
import { type Closure } from './built-in';
import { unknown, type Value } from './value';

/** What a name may stand for while a template is evaluated. */
export type Thing = Value | Handle | Closure | readonly Thing[];

/** What is read by its members, and is no value itself: a resource, a module, its outputs, an import. */
export interface Handle {
  /** What it is called where a value would stand. */
  readonly label: string;
  /** @param at where it is asked for */
  read(name: string, at: number): Thing;
  /** Only for what holds functions of Bicep: others that are called on it run at Azure. */
  function?(name: string): ReturnType<Scene['function']>;
}
export abstract class Held implements Handle {
  abstract get label(): string;
  abstract read(name: string, at: number): Thing;
}
export const isHandle = (thing: Thing | undefined): thing is Handle => thing instanceof Held;

/** Where a deployment goes: the id of a resource group or a subscription. */
export interface Place {
  readonly id: string;
  readonly location: Value;
  readonly tags: Value;
  readonly tenantId: string;
}

/** A template as its expressions see it. */
export interface Scene {
  readonly file: BicepFile;
  readonly sources: Sources;
  readonly place: Place;
  named(name: string, at: number): Thing;
  function(name: string): ((given: readonly Thing[]) => Value) | undefined;
  output(name: string, at: number): Value;
  /** `parent::child` */
  child(parent: Thing, name: string, at: number): Thing;
}

/** A template and the names that loops, lambdas and functions brought in. */
export interface Frame {
  readonly scene: Scene;
  readonly locals: ReadonlyMap<string, Thing>;
}

/** An expression that can't come to anything, at a place. */
export class EvaluationFault extends Error {
  constructor(
    readonly file: string,
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

export const faultAt = ({ file }: Scene, at: number, message: string) =>
  new EvaluationFault(file.path, at, message);

export const withLocals = (frame: Frame, more: Iterable<readonly [string, Thing]>): Frame => ({
  ...frame,
  locals: new Map([...frame.locals, ...more]),
});

export const isThings = (thing: Thing): thing is readonly Thing[] => Array.isArray(thing);

/** A handle that is used as a value is known by its name alone. */
export function plain(of: Thing): Value {
  if (isHandle(of)) return unknown(of.label);
  if (typeof of === 'function') return unknown('lambda');
  return isThings(of) ? of.map(plain) : of;
}
