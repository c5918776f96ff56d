import { AppleDouble, googleServiceAccount } from '../../../../shared/test/doubles/wallets';

const issuer = { passTypeId: 'pass.example.boxoffice', teamId: 'B0X0FF1CE0' };

/** With these settings tickets are issued for both wallets. */
export const walletEnvironment = {
  APPLE_PASS_TYPE_ID: issuer.passTypeId,
  APPLE_TEAM_ID: issuer.teamId,
  GOOGLE_WALLET_ISSUER_ID: '3388000000022195611',
};

/** What then signs for them, by the names of the secrets. */
export async function walletSecrets(): Promise<Readonly<Record<string, string>>> {
  const { certificate, key, intermediate } = await (await AppleDouble.open()).issue(issuer);
  return {
    'apple-pass-certificate': certificate,
    'apple-pass-key': key,
    'apple-wwdr-certificate': intermediate,
    'google-wallet-key': googleServiceAccount().json,
  };
}
