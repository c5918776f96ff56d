/** Blob Storage, or a folder. */
export interface Files {
  /** Creates or overwrites. `name` is one or more segments of `[A-Za-z0-9._-]`, joined by `/`. */
  put(name: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(name: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined>;
  /** Gone afterwards, whether or not it was there. */
  delete(name: string): Promise<void>;
  /** Names that start with `prefix`, ascending. */
  list(prefix: string): Promise<readonly string[]>;
}

/** Key Vault, or files that only their owner may read. */
export interface Secrets {
  get(name: string): Promise<string | undefined>;
  /** The secret, made and kept first where there is none. Two at once may each make one: the one that was kept wins for both. */
  getOrCreate(name: string, make: () => string): Promise<string>;
}

/** Communication Services e-mail, or a mailbox that standalone shows as a page. */
export interface Mail {
  /**
   * Hands the message over for sending. `id` is the same when a send is repeated; the provider then sends once where it can.
   * Throws MailRefused when the provider will never take it; anything else may be tried again.
   */
  send(message: MailMessage): Promise<{ readonly providerId: string }>;
}

export interface MailMessage {
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
}

export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
