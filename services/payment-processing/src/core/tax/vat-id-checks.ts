import { luhn, mod11And10, mod97, weighted } from './check-digits';
import { isSpanish } from './vat-id-spain';

/** How a country's numbers look after its letters, and what their check digits say. */
interface VatIdCheck {
  readonly form: RegExp;
  readonly holds: (number: string) => boolean;
}

const last = (number: string): number => Number(number.at(-1));
/** Σ with these weights leaves nothing when divided by `by`. */
const even =
  (by: number, ...weights: readonly number[]) =>
  (number: string): boolean =>
    weighted(number, weights) % by === 0;
const countingDown = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, i) => from - i);

/** Weights 1, 2, 3 …; where that leaves 10, weights 3, 4, 5 …. Beyond `cycle` they begin again. */
function twoRounds(number: string, cycle: number): boolean {
  const digits = number.length - 1;
  const round = (first: number): number =>
    weighted(
      number,
      Array.from({ length: digits }, (_, i) => ((first - 1 + i) % cycle) + 1),
    ) % 11;
  const once = round(1);
  return (once === 10 ? round(3) % 10 : once) === last(number);
}

function isAustrian(number: string): boolean {
  const doubled = (digit: number): number => (digit * 2 > 9 ? digit * 2 - 9 : digit * 2);
  const digits = Array.from(number.slice(1, 8), Number);
  const sum = digits.reduce((all, digit, i) => all + (i % 2 === 0 ? digit : doubled(digit)), 4);
  return (10 - (sum % 10)) % 10 === last(number);
}

/** Companies have 9 digits; citizens, foreigners and others have 10, each with weights of their own. */
function isBulgarian(number: string): boolean {
  if (number.length === 9) return twoRounds(number, Infinity);
  const citizen = (weighted(number, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10;
  const foreigner = weighted(number, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
  const other = (11 - (weighted(number, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return [citizen, foreigner, other].includes(last(number));
}

function isCypriot(number: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
  const digits = Array.from(number.slice(0, 8), Number);
  const sum = digits.reduce((all, digit, i) => all + (i % 2 === 0 ? (odd[digit] ?? 0) : digit), 0);
  return !number.startsWith('12') && number.at(-1) === String.fromCharCode(65 + (sum % 26));
}

/** Companies have 8 digits; people their birth number of 9 (before 1954) or 10, or 6 and 8 more. */
function isCzech(number: string): boolean {
  if (number.length === 8)
    return ((11 - (weighted(number, countingDown(8, 2)) % 11)) % 11 || 1) % 10 === last(number);
  if (number.length === 10)
    return (Number(number.slice(0, 9)) % 11) % 10 === last(number) && isBirthday(number);
  if (!number.startsWith('6')) return Number(number.slice(0, 2)) <= 53 && isBirthday(number);
  const rest = weighted(number.slice(1), countingDown(8, 2)) % 11;
  return (8 - ((10 - rest + 11) % 11) + 10) % 10 === last(number);
}

const isBirthday = (number: string): boolean => {
  const month = (Number(number.slice(2, 4)) % 50) % 20;
  const day = Number(number.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

/** The first two are of the company's number; where one is a letter, of another formula. Monaco's companies have no number of France's. */
function isFrench(number: string): boolean {
  const company = number.slice(2);
  if (!company.startsWith('000') && !luhn(company)) return false;
  if (/^\d\d/.test(number)) return Number(number.slice(0, 2)) === Number(`${company}12`) % 97;
  const alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const [first, second] = Array.from(number, (character) => alphabet.indexOf(character));
  const check = /^\d/.test(number)
    ? (first ?? 0) * 24 + (second ?? 0) - 10
    : (first ?? 0) * 34 + (second ?? 0) - 100;
  return (Number(company) + 1 + Math.floor(check / 11)) % 11 === check % 11;
}

/** The old form has a letter or sign in the second place; the new may have a second letter, which counts nine times. */
function isIrish(number: string): boolean {
  const digits = /^\d{7}/.test(number) ? number.slice(0, 7) : `0${number.slice(2, 7)}${number.slice(0, 1)}`;
  const second = number.length === 9 ? 'WABCDEFGHI'.indexOf(number.slice(8)) * 9 : 0;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(digits, countingDown(8, 2)) + second) % 23] === number[7];
}

const isItalian = (number: string): boolean => {
  const office = Number(number.slice(7, 10));
  const known = (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office);
  return !number.startsWith('0000000') && known && luhn(number);
};

/** Companies begin above 3; people have their personal code, which since 2017 begins with 32 and tells no date. */
const isLatvian = (number: string): boolean =>
  number > '4'
    ? weighted(number, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3
    : ((1 + weighted(number, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === last(number);

/** Companies by the eleven test of their number; sole traders, since 2020, over letters and all. */
const isDutch = (number: string): boolean =>
  even(11, 9, 8, 7, 6, 5, 4, 3, 2, -1)(number) || mod97(`NL${number}`) === 1;

/** Departments and health authorities have three digits; branches three more behind the number. */
function isBritish(number: string): boolean {
  if (number.startsWith('GD')) return Number(number.slice(2)) < 500;
  if (number.startsWith('HA')) return Number(number.slice(2)) >= 500;
  const sum = weighted(number, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
  return sum === 0 || (number >= '1' && (sum === 42 || sum === 55));
}

const isSlovenian = (number: string): boolean => {
  const check = 11 - (weighted(number, countingDown(8, 2)) % 11);
  return check !== 11 && check % 10 === last(number);
};

const british: VatIdCheck = { form: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/, holds: isBritish };

/** By the letters that the number begins with. Sources: the national formulas as collected in arthurdejong.org/python-stdnum and by VIES. */
export const checks: Readonly<Record<string, VatIdCheck>> = {
  AT: { form: /^U\d{8}$/, holds: isAustrian },
  BE: {
    form: /^[01]\d{9}$/,
    holds: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)),
  },
  BG: { form: /^\d{9,10}$/, holds: isBulgarian },
  CY: { form: /^\d{8}[A-Z]$/, holds: isCypriot },
  CZ: { form: /^([0-8]\d{7}|\d{9,10})$/, holds: isCzech },
  DE: { form: /^[1-9]\d{8}$/, holds: mod11And10 },
  DK: { form: /^[1-9]\d{7}$/, holds: even(11, 2, 7, 6, 5, 4, 3, 2, 1) },
  EE: { form: /^\d{9}$/, holds: even(10, 3, 7, 1, 3, 7, 1, 3, 7, 1) },
  EL: {
    form: /^\d{9}$/,
    holds: (number) => (weighted(number, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(number),
  },
  ES: { form: /^[A-Z\d]\d{7}[A-Z\d]$/, holds: isSpanish },
  FI: { form: /^\d{8}$/, holds: even(11, 7, 9, 10, 5, 8, 4, 2, 1) },
  FR: { form: /^[A-HJ-NP-Z\d]{2}\d{9}$/, holds: isFrench },
  HR: { form: /^\d{11}$/, holds: mod11And10 },
  HU: { form: /^\d{8}$/, holds: even(10, 9, 7, 3, 1, 9, 7, 3, 1) },
  IE: { form: /^(\d[A-Z\d+*]\d{5}[A-W]|\d{7}[A-W][A-I])$/, holds: isIrish },
  IT: { form: /^\d{11}$/, holds: isItalian },
  LT: { form: /^(\d{7}1\d|\d{10}1\d)$/, holds: (number) => twoRounds(number, 9) },
  LU: { form: /^\d{8}$/, holds: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)) },
  LV: { form: /^\d{11}$/, holds: isLatvian },
  MT: { form: /^[1-9]\d{7}$/, holds: even(37, 3, 4, 6, 7, 8, 9, 10, 1) },
  NL: { form: /^\d{9}B(?!00)\d{2}$/, holds: isDutch },
  PL: {
    form: /^\d{10}$/,
    holds: (number) => weighted(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(number),
  },
  PT: {
    form: /^[1-9]\d{8}$/,
    holds: (number) => ((11 - (weighted(number, countingDown(9, 2)) % 11)) % 11) % 10 === last(number),
  },
  RO: {
    form: /^[1-9]\d{1,9}$/,
    holds: (number) =>
      ((weighted(number.slice(0, -1).padStart(9, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 ===
      last(number),
  },
  SE: { form: /^\d{10}(?!00)\d{2}$/, holds: (number) => luhn(number.slice(0, 10)) },
  SI: { form: /^[1-9]\d{7}$/, holds: isSlovenian },
  SK: { form: /^[1-9]\d[2-47-9]\d{7}$/, holds: (number) => Number(number) % 11 === 0 },
  GB: british,
  XI: british,
  CHE: {
    form: /^\d{9}(MWST|TVA|IVA)$/,
    holds: (number) => (11 - (weighted(number, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === Number(number[8]),
  },
  NO: { form: /^\d{9}MVA$/, holds: even(11, 3, 2, 7, 6, 5, 4, 3, 2, 1) },
};
