/** Whose attempts are counted together. `card`: what the gateway says is the same each time; known only once it was used. */
export type Subject = 'account' | 'address' | 'card' | 'mail-domain' | 'event' | 'organizer';

/** `amount`: minor units of one currency. `accounts`: how many have used the same card. */
export type Counted = 'attempts' | 'declines' | 'amount' | 'accounts';

export const windowSeconds = { minute: 60, hour: 3600, day: 24 * 3600, month: 30 * 24 * 3600 } as const;
export type Window = keyof typeof windowSeconds;
/** Who has used a card is counted over this, up to now. */
export const cardMemory = { seconds: windowSeconds.month } as const;

export type RuleName = `${Subject}.${Counted}.${Window}`;

/** Above `review` a person looks at the payment before it is captured; above `refuse` it is not opened. */
export interface Limit {
  readonly review?: number;
  readonly refuse?: number;
  /** Of an amount: the currency that it is counted in. Payments in others pass by. */
  readonly currency?: string;
}

export interface Rule extends Limit {
  readonly name: RuleName;
  readonly subject: Subject;
  readonly counts: Counted;
  readonly window: Window;
}

const ruleOf = (name: RuleName, limit: Limit): Rule => {
  const [subject, counts, window] = name.split('.') as [Subject, Counted, Window];
  return { ...limit, name, subject, counts, window };
};

/**
 * What holds where the settings say nothing else. Nobody who buys tickets comes near it: it is for machines that try cards.
 * One address may be a whole company or campus, so its purchases are not counted, but its declines are.
 */
const usual: Readonly<Partial<Record<RuleName, Limit>>> = {
  'account.attempts.hour': { refuse: 60 },
  'account.attempts.day': { refuse: 300 },
  'account.declines.hour': { review: 6, refuse: 12 },
  'account.declines.day': { refuse: 40 },
  'address.declines.hour': { review: 40, refuse: 100 },
  'card.accounts.month': { review: 5, refuse: 10 },
  'card.declines.day': { refuse: 30 },
};

const subjects: readonly string[] = [
  'account',
  'address',
  'card',
  'mail-domain',
  'event',
  'organizer',
] satisfies Subject[];
const countable: Readonly<Record<Counted, readonly string[]>> = {
  attempts: subjects,
  amount: subjects,
  declines: ['account', 'address', 'card'],
  accounts: ['card'],
};

/**
 * `FRAUD_LIMITS`: rules by name, each in place of the usual one of that name; `null` for none. `{}` leaves all as they are.
 * Throws with everything that is wrong.
 */
export function readLimits(text: string): readonly Rule[] {
  const json = parsed(text);
  const faults = Object.entries(json).flatMap(([name, limit]) => faultsOf(name, limit));
  if (faults.length > 0) throw new Error(faults.join(', '));
  const all: Readonly<Record<string, Limit | null>> = { ...usual, ...json };
  return Object.entries(all).flatMap(([name, limit]) =>
    limit === null ? [] : [ruleOf(name as RuleName, limit)],
  );
}

function parsed(text: string): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
  if (!isObject(json)) throw new Error('is not a JSON object of rules by name');
  return json;
}

function faultsOf(name: string, limit: unknown): readonly string[] {
  const [subject = '', counts = '', window = '', more] = name.split('.');
  const known =
    more === undefined &&
    Object.hasOwn(countable, counts) &&
    countable[counts as Counted].includes(subject) &&
    Object.hasOwn(windowSeconds, window) &&
    (counts !== 'accounts' || window === 'month');
  if (!known) return [`there is no rule ${name}`];
  if (limit === null) return [];
  if (!isObject(limit)) return [`${name} is neither a limit nor null`];
  const { review, refuse, currency, ...others } = limit as Readonly<Record<string, unknown>>;
  const strange = Object.keys(others);
  const numbers = [review, refuse].filter((value) => value !== undefined);
  return [
    ...strange.map((member) => `${name} has no ${member}`),
    ...(numbers.length === 0 ? [`${name} limits nothing`] : []),
    ...(numbers.every((value) => Number.isSafeInteger(value) && Number(value) >= 0)
      ? []
      : [`${name}: a limit is a whole number, 0 or more`]),
    ...((counts === 'amount') === (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency))
      ? []
      : [`${name}: a currency belongs to an amount, and to nothing else`]),
  ];
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const usualLimits: readonly Rule[] = readLimits('{}');
