import { existsSync } from 'node:fs';
import path from 'node:path';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import type { DeadLetters } from '@boxoffice/shared/messaging';
import { azurePlatform, readAzureSettings } from '@boxoffice/shared/platform/azure';
import { DataFolderTaken, embeddedPlatform, machineClock } from '@boxoffice/shared/platform/embedded';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { describe, findLetters, replayLetters } from './letters';
import { readCommand, usage, type Command } from './read-command';

/** Where lines are told: `say` what was asked for, `complain` what went wrong. */
export interface Voice {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Lists or replays what no consumer could handle, on the bus that `environment` names; the exit code. */
export async function tendDeadLetters(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  voice: Voice,
): Promise<number> {
  let command: Command;
  try {
    command = readCommand(given);
  } catch (error) {
    voice.complain(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  try {
    const { where, deadLetters, close } = openBus(environment);
    voice.say(where);
    try {
      return await obey(command, deadLetters, voice);
    } finally {
      await close();
    }
  } catch (error) {
    voice.complain((error as Error).message);
    if (!(error instanceof SettingsIncomplete || error instanceof DataFolderTaken))
      voice.complain(
        'Does this machine reach the bus, and may you receive and send there? docs/operations/replay-dead-letters.md says how.',
      );
    return 1;
  }
}

async function obey(
  { deed, subscriptions, position }: Command,
  deadLetters: DeadLetters,
  { say, complain }: Voice,
): Promise<number> {
  const letters = await findLetters(deadLetters, subscriptions);
  if (deed === 'list') {
    for (const letter of letters) say(describe(letter));
    say(`${letters.length === 0 ? 'no' : letters.length} dead letter${letters.length === 1 ? '' : 's'}`);
    return 0;
  }
  const chosen =
    position === undefined ? letters : letters.filter(({ letter }) => letter.position === position);
  if (position !== undefined && chosen.length === 0) {
    complain(`no dead letter at position ${position}: list them again`);
    return 1;
  }
  const { replayed, failed } = await replayLetters(deadLetters, chosen, say);
  say(`${replayed} replayed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

interface OpenBus {
  readonly where: string;
  readonly deadLetters: DeadLetters;
  readonly close: () => Promise<void>;
}

function openBus(environment: Readonly<Record<string, string | undefined>>): OpenBus {
  const telemetry = consoleTelemetry({ clock: machineClock, level: 'warn' });
  const namespace = environment['SERVICE_BUS_NAMESPACE'];
  if (namespace !== undefined || environment['SERVICE_BUS_CONNECTION_STRING'] !== undefined) {
    const platform = azurePlatform(readAzureSettings(environment, ['bus']), telemetry);
    return {
      where: `on Service Bus${namespace === undefined ? '' : ` ${namespace}`}`,
      deadLetters: platform.bus.deadLetters,
      close: () => platform.close(),
    };
  }
  const dataDir = path.resolve(environment['DATA_DIR'] ?? '.data');
  if (!existsSync(path.join(dataDir, 'bus.db')))
    throw new SettingsIncomplete(
      `There is no queue in ${dataDir}: name its folder in DATA_DIR, or the Service Bus in SERVICE_BUS_NAMESPACE.`,
    );
  const platform = embeddedPlatform({ dataDir, telemetry });
  return {
    where: `in ${dataDir}`,
    deadLetters: platform.bus.deadLetters,
    close: () => platform.close(),
  };
}
