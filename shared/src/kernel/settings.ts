/** Environment → settings, whole or not at all. */
export class SettingsIncomplete extends Error {
  override readonly name = 'SettingsIncomplete';
}

export interface SettingKinds {
  text(name: string): string;
  textOr(name: string, otherwise: string): string;
  wholeOr(name: string, otherwise: number): number;
  /** What `read` makes of it; where that throws, its message says what is wrong. */
  readOr<T>(name: string, otherwise: T, read: (text: string) => T): T;
}

/**
 * Reads every setting before it complains, so that the message names all that is missing or wrong:
 * `readSettings(env, (s) => ({ issuer: s.text('OIDC_ISSUER') }))`.
 */
export function readSettings<Settings extends object>(
  environment: Readonly<Record<string, string | undefined>>,
  read: (kinds: SettingKinds) => Settings,
): Readonly<Settings> {
  const faults: string[] = [];
  const settings = read({
    text(name) {
      const value = environment[name];
      if (!value) faults.push(`${name} is not set`);
      return value ?? '';
    },
    textOr: (name, otherwise) => environment[name] ?? otherwise,
    wholeOr(name, otherwise) {
      const value = environment[name];
      if (value !== undefined && !/^\d+$/.test(value)) faults.push(`${name} is not a whole number: ${value}`);
      return value === undefined ? otherwise : Number(value);
    },
    readOr(name, otherwise, readValue) {
      const value = environment[name];
      if (!value) return otherwise;
      try {
        return readValue(value);
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        return otherwise;
      }
    },
  });
  if (faults.length > 0)
    throw new SettingsIncomplete(`Settings: ${faults.join('; ')}. See the service's README for each.`);
  return Object.freeze(settings);
}
