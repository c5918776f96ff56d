import { isCurrency } from '@boxoffice/shared/kernel';
import { paymentMethods, type Gateway, type PaymentMethod } from './gateway';

/** What is to be paid, as far as the choice of a gateway asks. */
export interface ToBePaid {
  readonly currency: string;
  readonly organizerId: string;
  /** Of the buyer, ISO 3166-1 alpha-2, where it is known. */
  readonly country?: string | undefined;
  /** What the buyer asked for, if anything. */
  readonly method?: PaymentMethod | undefined;
}

/** One row of the table: where all that it names fits, these gateways are asked, in this order, and no other. */
export interface Preference {
  readonly currency?: string;
  readonly country?: string;
  readonly method?: PaymentMethod;
  readonly organizer?: string;
  readonly gateways: readonly string[];
}
export type GatewayPreferences = readonly Preference[];
export const GatewayPreferences = Symbol('GatewayPreferences');

/** Methods that are of one currency, whichever gateway takes them. */
const currencyOf: Readonly<Partial<Record<PaymentMethod, string>>> = {
  ideal: 'EUR',
  bancontact: 'EUR',
  pix: 'BRL',
  upi: 'INR',
};

/**
 * The gateways that can take it, in the order in which they are asked. The first row that fits decides; where none does,
 * it is all of them as they are listed. A gateway that a row names and that there are no keys of is passed over.
 */
export function chooseGateways(
  due: ToBePaid,
  gateways: readonly Gateway[],
  preferences: GatewayPreferences,
): readonly Gateway[] {
  const able = gateways.filter((gateway) => methodsFor(due, gateway).length > 0);
  const row = preferences.find((preference) => fits(preference, due));
  if (!row) return able;
  return row.gateways.flatMap((name) => able.find((gateway) => gateway.name === name) ?? []);
}

/** By which methods it can be paid there; none where the gateway can't take it. */
export function methodsFor(due: ToBePaid, { abilities }: Gateway): readonly PaymentMethod[] {
  const { currencies, countries, methods } = abilities;
  const takes =
    (currencies?.includes(due.currency) ?? true) &&
    (countries === undefined || due.country === undefined || countries.includes(due.country));
  if (!takes) return [];
  return methods.filter(
    (method) => (due.method ?? method) === method && (currencyOf[method] ?? due.currency) === due.currency,
  );
}

const fits = (row: Preference, due: ToBePaid): boolean =>
  (row.currency ?? due.currency) === due.currency &&
  (row.organizer ?? due.organizerId) === due.organizerId &&
  (row.country === undefined || row.country === due.country) &&
  (row.method === undefined || row.method === due.method);

/**
 * `GATEWAY_PREFERENCES`: a JSON list of rows, `[{"currency":"EUR","method":"ideal","gateways":["stripe","paypal"]}]`.
 * Throws with everything that is wrong. `known`: the names that there can be.
 */
export function readPreferences(text: string, known: readonly string[]): GatewayPreferences {
  const rows = parsed(text);
  if (!Array.isArray(rows)) throw new Error('not a JSON list');
  const faults = rows.flatMap((row, at) => faultsOf(row, known).map((fault) => `row ${at + 1}: ${fault}`));
  if (faults.length > 0) throw new Error(faults.join(', '));
  return rows as GatewayPreferences;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('not JSON');
  }
}

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  currency: (value) => typeof value === 'string' && isCurrency(value),
  country: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
  method: (value) => paymentMethods.some((method) => method === value),
  organizer: (value) => typeof value === 'string' && value !== '',
  gateways: (value) => Array.isArray(value) && value.length > 0,
};

function faultsOf(row: unknown, known: readonly string[]): readonly string[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return ['not an object'];
  const { gateways } = row as { gateways?: unknown };
  const members = Object.entries(row).flatMap(([name, value]) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) return [`${name} is not a member of it`];
    return check(value) ? [] : [`${name} is ${JSON.stringify(value)}`];
  });
  if (gateways === undefined) return [...members, 'gateways is not there'];
  const strangers = (Array.isArray(gateways) ? (gateways as unknown[]) : []).filter(
    (name) => !known.some((one) => one === name),
  );
  return [...members, ...strangers.map((name) => `there is no gateway ${JSON.stringify(name)}`)];
}
