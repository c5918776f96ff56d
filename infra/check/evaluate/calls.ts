import { type Call, type Expression } from '../read/syntax';
import { azure, idsAt, partOf } from './azure';
import { type BuiltIn } from './built-in';
import { collections } from './collections';
import { EvaluationFault, faultAt, isHandle, plain, type Scene, type Thing } from './frame';
import { texts } from './texts';
import { holdsUnknown, isUnknown, textOf, unknown, type Value } from './value';

export const builtIns: Readonly<Record<string, BuiltIn>> = { ...texts, ...collections, ...azure };

/** These say something of what is unknown too. */
const unafraid = new Set([
  'any',
  'array',
  'guid',
  'uniqueString',
  'format',
  'string',
  'resourceId',
  'extensionResourceId',
  'subscriptionResourceId',
  'tenantResourceId',
]);

/** What `name(given)` or `target.name(given)` comes to. */
export function call(of: Call, target: Thing | undefined, given: readonly Thing[], scene: Scene): Thing {
  const values = given.map(plain);
  const held = isHandle(target) ? target : undefined;
  if (target !== undefined && held?.function === undefined)
    return unknown(`${textOf(plain(target))}.${of.name}(${values.map(textOf).join(', ')})`);
  const own = held?.function === undefined ? scene.function(of.name) : held.function(of.name);
  if (own !== undefined) return own(given);
  const builtIn = Object.hasOwn(builtIns, of.name) ? builtIns[of.name] : undefined;
  try {
    return special(of, values, scene) ?? general(of.name, builtIn, given);
  } catch (fault) {
    if (fault instanceof EvaluationFault) throw fault;
    throw faultAt(scene, of.at, `${of.name}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

function general(name: string, builtIn: BuiltIn | undefined, given: readonly Thing[]): Value {
  if (builtIn?.run === undefined || (!unafraid.has(name) && given.some(isUnknown)))
    return unknown(`${name}(${given.map((one) => textOf(plain(one))).join(', ')})`);
  return builtIn.run(given as readonly never[]);
}

/** What depends on where the template stands: its scope, its folder. */
function special(of: Call, values: readonly Value[], scene: Scene): Value | undefined {
  const { place } = scene;
  switch (of.name) {
    case 'nameof':
      return lastName(of.arguments[0]);
    case 'deployment':
      return { name: 'main', location: place.location };
    case 'tenant':
      return { id: '/', tenantId: place.tenantId };
    case 'subscription':
      return {
        id: place.id.split('/').slice(0, 3).join('/'),
        subscriptionId: place.id.split('/')[2] ?? '',
        tenantId: place.tenantId,
      };
    case 'resourceGroup':
      return resourceGroup(values, scene);
    case 'loadTextContent':
      return loaded(of, values, scene);
    case 'loadJsonContent': {
      const all = JSON.parse(loaded(of, values, scene)) as Value;
      return values[1] === undefined ? all : partOf(all, textOf(values[1]));
    }
    default:
      return Object.entries(idsAt(place.id)).find(([name]) => name === of.name)?.[1](values);
  }
}

function resourceGroup(values: readonly Value[], { place }: Scene): Value {
  if (values.length === 0)
    return { id: place.id, name: place.id.split('/')[4] ?? '', location: place.location, tags: place.tags };
  const name = textOf(values.at(-1) ?? '');
  const subscription =
    values.length === 2
      ? `/subscriptions/${textOf(values[0] ?? '')}`
      : place.id.split('/').slice(0, 3).join('/');
  return { id: `${subscription}/resourceGroups/${name}`, name };
}

function loaded(of: Call, [name]: readonly Value[], scene: Scene): string {
  if (typeof name !== 'string' || holdsUnknown(name))
    throw faultAt(scene, of.at, 'the path of a file is written out');
  const text = scene.sources.text(scene.file.beside(name));
  if (text === undefined) throw faultAt(scene, of.at, `there is no file ${name}`);
  return text;
}

function lastName(of: Expression | undefined): string {
  return of?.kind === 'name' || of?.kind === 'member' ? of.name : '';
}
