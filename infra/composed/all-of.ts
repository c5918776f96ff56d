import { SettingsIncomplete } from '@boxoffice/shared/kernel';

/** Reads each, and complains of all at once, a line each; what several miss is named once. */
export function allOf<Read extends readonly unknown[]>(readers: {
  readonly [Index in keyof Read]: () => Read[Index];
}): Read {
  const faults = new Set<string>();
  const read = readers.map((reader: () => unknown) => {
    try {
      return reader();
    } catch (error) {
      if (!(error instanceof SettingsIncomplete)) throw error;
      for (const fault of faultsIn(error)) faults.add(fault);
      return undefined;
    }
  });
  if (faults.size > 0) throw new SettingsIncomplete([...faults].join('\n'));
  return read as unknown as Read;
}

const faultsIn = ({ message }: SettingsIncomplete): readonly string[] =>
  message.split('\n').flatMap((line) => {
    const [, faults] = /^Settings: (.*)\. See the service's README for each\.$/.exec(line) ?? [];
    return faults?.split('; ') ?? [line];
  });
