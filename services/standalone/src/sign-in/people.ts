import { createHash } from 'node:crypto';

/** Someone who can sign in on this machine. There are no passwords: it listens on loopback, and whoever sits here may. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export const people: readonly Person[] = [
  {
    id: '0b7e1c52-5d0e-4a53-9a57-3f1f4b0f6a01',
    name: 'Olivia Organiser',
    email: 'olivia@example.org',
    roles: ['organizer'],
  },
  { id: '0b7e1c52-5d0e-4a53-9a57-3f1f4b0f6a02', name: 'Ben Buyer', email: 'ben@example.org', roles: [] },
  {
    id: '0b7e1c52-5d0e-4a53-9a57-3f1f4b0f6a03',
    name: 'Ada Admin',
    email: 'ada@example.org',
    roles: ['admin'],
  },
];

/** Any other address signs in as a buyer; the same address is the same person. The account id carries all we know of them. */
export function personOf(email: string): Person {
  const known = people.find((person) => person.email === email);
  if (known) return known;
  const digest = createHash('sha256').update(`boxoffice:${email}`).digest('hex');
  const id = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
  return { id, name: email.split('@')[0] ?? email, email, roles: [] };
}

/** What can be an address: enough to tell a slip of the keyboard. */
export const isEmail = (text: string): boolean => /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(text);
