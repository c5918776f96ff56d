import type { Facts } from './log';

/** Names of facts whose values are nobody's business, whatever they look like. */
const secretNames = [
  /authorization|cookie|passw|passphrase|secret|signature|credential|connection-?_?string|private-?_?key|api-?_?key|access-?_?key/i,
  /token(?!s?(count|bytes|type)$)/i,
  /e-?mail|phone|address(?!es$)|birth|iban|card|cvc|cvv|\bpan\b/i,
  /^(name|(user|buyer|attendee|holder|first|last|full|display|given|family|sur)[-_]?name)$/i,
];

/** What secrets and personal data look like inside a text; the first that matches names what was there. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\b(Bearer|Basic|DPoP)\s+[A-Za-z0-9+/=._~-]{8,}/gi, '$1 [token]'],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){1,3}/g, '[token]'],
  [/\bB[HX]\d\.[A-Za-z0-9_.-]{16,}/g, '[ticket or hold token]'],
  [/\b(sk|rk|pk|whsec)_[A-Za-z0-9_]{8,}/g, '[key]'],
  [
    /\b((?:Shared)?Access(?:Key|Signature)|AccountKey|Password|Pwd|client_secret|access_token|refresh_token|id_token|sig|code)=[^;&\s"']+/gi,
    '$1=[secret]',
  ],
  [/[\p{L}\p{N}._%+'-]+(@|%40)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/giu, '[e-mail]'],
];

// 14 to 19 digits, in groups or not; 13 would be a time in milliseconds more often than a card.
const perhapsCard = /(?<![\d.])[2-6](?:[ -]?\d){13,18}(?!\d)/g;

export function redactText(text: string): string {
  let redacted = text;
  for (const [pattern, instead] of patterns) redacted = redacted.replace(pattern, instead);
  return redacted.replace(perhapsCard, (digits) => (passesLuhn(digits) ? '[card number]' : digits));
}

export function redactFacts(facts: Facts): Facts {
  const redacted: Record<string, Facts[string]> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    if (secretNames.some((secret) => secret.test(name))) redacted[name] = '[redacted]';
    else redacted[name] = typeof value === 'string' ? redactText(value) : cardAsNumber(value);
  }
  return redacted;
}

const cardAsNumber = (value: number | boolean): string | number | boolean => {
  const text = typeof value === 'number' && Number.isInteger(value) ? String(value) : '';
  return text !== '' && redactText(text) !== text ? '[card number]' : value;
};

/** The check digit of card numbers, ISO/IEC 7812-1. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
