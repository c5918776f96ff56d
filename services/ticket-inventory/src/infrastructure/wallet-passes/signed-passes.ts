import { Clock } from '@boxoffice/shared/kernel';
import type { Secrets } from '@boxoffice/shared/platform';
import { Telemetry } from '@boxoffice/shared/telemetry';
import { inject, injectable } from 'tsyringe';
import type { TicketInHand } from '../../core/my-tickets';
import { walletNotConfigured, walletUnavailable, type WalletName } from '../../core/refusals';
import type { WalletPasses } from '../../core/wallet-passes';
import { SecretStore } from '../secret-seals';
import { applePass, type AppleIssuer } from './apple-pass';
import { appleSecrets, appleSigner } from './apple-signer';
import { googlePass, type GoogleIssuer } from './google-pass';
import { googleAccount, googleSaveUrl, googleSecret } from './google-save-url';
import { passFactsOf } from './pass-facts';
import { rememberedMinutes, rememberedSecrets, SecretsUnfit, type SecretTexts } from './pass-secrets';
import { pkpass } from './pkpass';

/** Absent: that wallet is not offered here. */
export interface PassIssuers {
  readonly apple?: AppleIssuer;
  readonly google?: GoogleIssuer;
}
export const PassIssuers = Symbol('PassIssuers');

/** Passes signed with what an operator has put among the secrets. */
@injectable()
export class SignedPasses implements WalletPasses {
  private readonly appleTexts: () => Promise<SecretTexts>;
  private readonly googleTexts: () => Promise<SecretTexts>;

  constructor(
    @inject(PassIssuers) private readonly issuers: PassIssuers,
    @inject(SecretStore) secrets: Secrets,
    @inject(Clock) private readonly clock: Clock,
    @inject(Telemetry) private readonly telemetry: Telemetry,
  ) {
    this.appleTexts = rememberedSecrets(secrets, Object.values(appleSecrets), clock);
    this.googleTexts = rememberedSecrets(secrets, [googleSecret], clock);
  }

  async applePass(ticket: TicketInHand, holder: string): Promise<Uint8Array> {
    const { apple } = this.issuers;
    if (!apple) throw walletNotConfigured('apple');
    const now = this.clock.now();
    const texts = await this.appleTexts();
    const signer = this.fit('apple', () => appleSigner(texts, apple, now));
    return pkpass(applePass(passFactsOf(ticket, holder), apple), signer, now);
  }

  async googleSaveUrl(ticket: TicketInHand, holder: string): Promise<string> {
    const { google } = this.issuers;
    if (!google) throw walletNotConfigured('google');
    const texts = await this.googleTexts();
    const account = this.fit('google', () => googleAccount(texts));
    return googleSaveUrl(googlePass(passFactsOf(ticket, holder), google), account, this.clock.now());
  }

  /** The operator reads why; who asked for a pass can do nothing about it. */
  private fit<T>(wallet: WalletName, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SecretsUnfit)) throw error;
      this.telemetry.log.error("passes can't be signed", error, { wallet });
      throw walletUnavailable(wallet, rememberedMinutes * 60);
    }
  }
}
