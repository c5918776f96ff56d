import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';
import { toMilliseconds, type Clock } from '../../kernel';
import type { Telemetry } from '../../telemetry';
import { Problem } from '../problem';
import { isTrustworthy, type IdentitySettings } from './settings';

export interface ProviderNeeds {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly fetch?: typeof fetch;
  /** How soon an unknown key id may have the keys fetched again; 30 s where not given. */
  readonly cooldownMilliseconds?: number;
}

const timeoutMilliseconds = 5000;
/** Keys are fetched anew this often, while requests go on with those at hand. */
const refreshMilliseconds = 10 * 60_000;
/** After a failure the provider is left alone for so long. */
const restMilliseconds = 1000;

/** The signing keys of one OpenID Connect provider: found by discovery, kept, fetched again when they rotate. */
export class Provider {
  private keys: { readonly set: RemoteJWKSet; fetchedAt: number } | undefined;
  private discovering: Promise<RemoteJWKSet> | undefined;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: IdentitySettings,
    private readonly needs: ProviderNeeds,
  ) {}

  /** The key that a token names. Throws a Problem (503) while the provider does not answer and the key is not at hand. */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const set = await this.keySet();
    try {
      return await set(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      throw this.unavailable(error);
    }
  };

  private async keySet(): Promise<RemoteJWKSet> {
    const now = this.now();
    if (this.keys) {
      if (now - this.keys.fetchedAt >= refreshMilliseconds) this.refresh(this.keys, now);
      return this.keys.set;
    }
    if (now - this.failedAt < restMilliseconds) throw unavailable();
    this.discovering ??= this.discover().finally(() => (this.discovering = undefined));
    return this.discovering;
  }

  private refresh(keys: { readonly set: RemoteJWKSet; fetchedAt: number }, now: number): void {
    keys.fetchedAt = now;
    // The keys at hand go on being good: nobody is signed out because a provider rests.
    keys.set
      .reload()
      .catch((error: unknown) => this.needs.telemetry.log.error('signing keys not refreshed', error));
  }

  private async discover(): Promise<RemoteJWKSet> {
    try {
      const found = await this.document();
      if (found.issuer !== this.settings.issuer)
        throw new Error(`discovery names the issuer ${found.issuer}, settings name ${this.settings.issuer}`);
      if (!isTrustworthy(found.jwks_uri)) throw new Error(`keys at ${found.jwks_uri}: not https`);
      const set = createRemoteJWKSet(new URL(found.jwks_uri), {
        cacheMaxAge: Infinity, // refreshed beside requests, above
        cooldownDuration: this.needs.cooldownMilliseconds ?? 30_000,
        timeoutDuration: timeoutMilliseconds,
        [customFetch]: this.fetch,
      });
      await set.reload();
      this.keys = { set, fetchedAt: this.now() };
      return set;
    } catch (error) {
      this.failedAt = this.now();
      throw this.unavailable(error);
    }
  }

  private async document(): Promise<{ issuer: string; jwks_uri: string }> {
    const reply = await this.fetch(this.settings.discoveryUrl, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!reply.ok) throw new Error(`discovery answered ${reply.status}`);
    const found = (await reply.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (typeof found.issuer !== 'string' || typeof found.jwks_uri !== 'string')
      throw new Error('discovery names no issuer, or no keys');
    return { issuer: found.issuer, jwks_uri: found.jwks_uri };
  }

  private readonly fetch: typeof fetch = (url, options) => (this.needs.fetch ?? fetch)(url, options);

  private readonly now = (): number => toMilliseconds(this.needs.clock.now());

  private unavailable(error: unknown): Problem {
    if (error instanceof Problem) return error;
    this.needs.telemetry.log.error('identity provider does not answer', error);
    return unavailable();
  }
}

const unavailable = (): Problem =>
  new Problem(
    503,
    'identity-provider-unavailable',
    'Tokens cannot be checked at present. Try again in a moment.',
    {},
    { 'retry-after': '2' },
  );

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported ||
  error instanceof errors.JWSInvalid;
