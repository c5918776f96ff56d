import { luhn } from './check-digits';

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** People have their identity number with its letter, foreigners one that begins with X, Y or Z; companies a letter for their kind. */
export function isSpanish(number: string): boolean {
  const body = number.slice(1, 8);
  const check = number.slice(8);
  const [first = ''] = number;
  if (/\d/.test(first)) return letters[Number(number.slice(0, 8)) % 23] === check;
  if ('XYZ'.includes(first)) return letters[Number(`${'XYZ'.indexOf(first)}${body}`) % 23] === check;
  if ('KLM'.includes(first)) return letters[Number(body) % 23] === check;
  if (!'ABCDEFGHJNPQRSUVW'.includes(first)) return false;
  // The check digit is a digit, or the letter that stands for it.
  const digit = /\d/.test(check) ? check : String('JABCDEFGHI'.indexOf(check));
  return /^\d$/.test(digit) && luhn(`${body}${digit}`);
}
