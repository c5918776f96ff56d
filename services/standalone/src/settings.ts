import path from 'node:path';
import { readSettings, SettingsIncomplete } from '@boxoffice/shared/kernel';
import type { Level } from '@boxoffice/shared/telemetry';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StandaloneSettings {
  readonly port: number;
  /** Loopback unless set. Anything else needs OIDC_ISSUER: the sign-in of this machine asks for no password. */
  readonly host: string;
  readonly dataDir: string;
  /** Where browsers find it: in links, and as the issuer of its own tokens. */
  readonly publicUrl: string;
  /** An OpenID Connect provider elsewhere; none: the one inside. */
  readonly issuer: string | undefined;
  /**
   * Nobody but whoever sits at this machine: then there is the sandbox gateway, whose page gives tickets for nothing, and the mailbox,
   * which shows everybody's mail.
   */
  readonly private: boolean;
  /** Whether the first start loads a season of events. */
  readonly season: boolean;
  readonly logLevel: Level;
}

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies Level[];
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

export function readStandaloneSettings(environment: Environment): StandaloneSettings {
  return readSettings(environment, (setting) => {
    const port = setting.wholeOr('PORT', 8080);
    const host = setting.textOr('HOST', '127.0.0.1');
    const issuer = environment['OIDC_ISSUER'];
    const logLevel = setting.textOr('LOG_LEVEL', 'info');
    if (!isLoopback(host) && issuer === undefined)
      throw new SettingsIncomplete(
        `HOST=${host} would let others sign in without a password: name your OpenID Connect provider in OIDC_ISSUER and OIDC_AUDIENCE, or leave HOST away.`,
      );
    if (!levels.includes(logLevel))
      throw new SettingsIncomplete(`LOG_LEVEL is one of ${levels.join(', ')}, not ${logLevel}.`);
    return {
      port,
      host,
      dataDir: path.resolve(setting.textOr('DATA_DIR', '.data')),
      publicUrl: setting.textOr('PUBLIC_URL', `http://localhost:${port}`).replace(/\/$/, ''),
      issuer,
      private: isLoopback(host) && issuer === undefined,
      season: setting.textOr('SEASON', issuer === undefined ? 'load' : 'none') === 'load',
      logLevel: logLevel as Level,
    };
  });
}
