import type { TokenCredential } from '@azure/identity';

/** One service's database: by a connection string, or by its address and the app's identity. */
export type MssqlSettings = Where & {
  /** Connections at most; 20 when not given. */
  readonly poolSize?: number;
  /** How long a call waits for one of them to come free; 15,000 when not given. */
  readonly waitMilliseconds?: number;
  /**
   * Collation of key columns: `Latin1_General_100_BIN2` when not given, which compares byte by byte. `none` leaves it to the
   * database, for servers that do not know that one but compare so by themselves.
   */
  readonly keyCollation?: string;
  /** How often what failed transiently is tried again; 5 when not given. */
  readonly retries?: number;
  /** Before the first of those, about; grows from there. 100 when not given. */
  readonly firstDelayMilliseconds?: number;
};

type Where =
  | { readonly connectionString: string }
  | {
      /** `<server>.database.windows.net` */
      readonly server: string;
      readonly database: string;
      /** Of the user-assigned identity; absent: whoever is signed in on this machine. */
      readonly clientId?: string;
      /** Who comes, where it is neither: the deployer. */
      readonly credential?: TokenCredential;
    };
