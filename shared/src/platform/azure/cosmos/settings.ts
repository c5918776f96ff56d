export interface CosmosSettings {
  /** `https://<account>.documents.azure.com`, or an emulator's address. */
  readonly endpoint: string;
  /** One database a service. */
  readonly database: string;
  /** Emulators only: accounts on Azure know no keys. Without one, the app's identity is asked. */
  readonly key?: string;
  /** Of the user-assigned identity; absent: whoever is signed in on this machine. */
  readonly clientId?: string;
  /** One try over the network; 6,000 when not given. */
  readonly tryMilliseconds?: number;
  /** A whole call, the SDK's own tries included; 15,000 when not given. */
  readonly callMilliseconds?: number;
  /** How often the SDK waits as a 429 bids and tries again, before the caller hears of it; 3 when not given. */
  readonly throttledTries?: number;
}

export const callMilliseconds = (settings: CosmosSettings): number => settings.callMilliseconds ?? 15_000;
