import type { Press } from '../../papers';
import type { Files, Mail, MailMessage, Secrets } from '../ports';
import { MailRefused } from '../ports';
import type { CallFaults, Process } from './process';

export type StoredFiles = Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
export type StoredSecrets = Map<string, string>;

/** What was handed to the mail provider, which sends each id once. */
export interface Mailbox {
  readonly sent: Map<string, { readonly message: MailMessage; readonly sentAt: number; handedOver: number }>;
  /** Addresses that the provider will never take. */
  readonly refused: Set<string>;
}

const segment = /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

function checkName(name: string): void {
  if (!name.split('/').every((part) => segment.test(part))) throw new Error(`not a file's name: ${name}`);
}

export function filesFor(process: Process, folder: string, store: StoredFiles): Files {
  const faults = notThere(process, folder);
  return {
    async put(name, bytes, contentType) {
      checkName(name);
      const copy = { bytes: bytes.slice(), contentType };
      await process.call(`${folder}: put ${name}`, () => store.set(name, copy), faults);
    },
    async get(name) {
      checkName(name);
      const found = await process.call(`${folder}: get ${name}`, () => store.get(name), faults);
      return found && { ...found, bytes: found.bytes.slice() };
    },
    async delete(name) {
      checkName(name);
      await process.call(`${folder}: delete ${name}`, () => store.delete(name), faults);
    },
    list: (prefix) =>
      process.call(
        `${folder}: list ${prefix}`,
        () => [...store.keys()].filter((name) => name.startsWith(prefix)).sort(),
        faults,
      ),
  };
}

export function secretsFor(process: Process, store: StoredSecrets): Secrets {
  const faults = notThere(process, 'secrets');
  return {
    get: (name) => process.call(`secrets: get ${name}`, () => store.get(name), faults),
    async getOrCreate(name, make) {
      const known = await process.call(`secrets: get ${name}`, () => store.get(name), faults);
      if (known !== undefined) return known;
      const made = make();
      const keep = (): string => {
        if (!store.has(name)) store.set(name, made);
        return store.get(name) ?? made;
      };
      return process.call(`secrets: create ${name}`, keep, faults);
    },
  };
}

export function mailFor(process: Process, mailbox: Mailbox): Mail {
  const { around } = process;
  return {
    send: (message) => {
      const hand = (): { providerId: string } => {
        if (mailbox.refused.has(message.to.address))
          throw new MailRefused(`no such mailbox: ${message.to.address}`);
        const before = mailbox.sent.get(message.id);
        if (before) before.handedOver++;
        else mailbox.sent.set(message.id, { message, sentAt: around.schedule.now, handedOver: 1 });
        around.rest.disturb();
        return { providerId: `mail-${message.id}` };
      };
      return process.call(`mail: send ${message.id}`, hand, notThere(process, 'mail'));
    },
  };
}

/** Prints the facts as they are: a PDF is real work on real threads, which no seed could replay. */
export function pressFor(process: Process): Press {
  const print = (what: string, facts: object): Promise<Uint8Array> =>
    process.call(`press: ${what}`, () => Buffer.from(JSON.stringify(facts)));
  return { tickets: (facts) => print('tickets', facts), sale: (facts) => print('sale', facts) };
}

/** A provider that is away for a moment, or whose answer is lost on the way. */
function notThere(process: Process, name: string): CallFaults {
  const { around } = process;
  return {
    refusal: () => {
      if (!around.random.chance(around.faults.unavailable)) return undefined;
      around.fault(`${name} unavailable`);
      return new Error(`${name} is not available`);
    },
    unheard: () => new Error(`no answer from ${name}`),
  };
}
