import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { enterEvent, NotEntered, type CallApi } from './enter-event';
import { importLimits, type ImportDefaults, type ImportEntry, type Refused } from './imported-event';
import { readCalendar } from './read-calendar';
import { readTable } from './read-table';

export interface ImportReport {
  readonly published: number;
  readonly drafts: number;
  readonly refused: readonly Refused[];
}

/** What can't be read at all: nothing was imported. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** `.ics` is read as iCalendar, all else as CSV. */
export async function importEvents(
  file: string,
  call: CallApi,
  defaults: ImportDefaults,
): Promise<ImportReport> {
  const entries = readEntries(file, defaults);
  const refused: Refused[] = [];
  let published = 0;
  let drafts = 0;
  for (const entry of entries) {
    if ('refused' in entry) {
      refused.push(entry.refused);
      continue;
    }
    const { where, venue, timeZone, ...event } = entry.event;
    try {
      const summary = event.description.split(/\n\s*\n/, 1)[0]?.slice(0, 280) ?? '';
      const entered = await enterEvent(call, {
        ...event,
        summary,
        venue: { ...venue, postalCode: '', timeZone },
      });
      if (entered.published) published++;
      else drafts++;
    } catch (error) {
      if (!(error instanceof NotEntered)) throw error;
      refused.push({ where, title: event.title, reasons: error.reasons });
    }
  }
  return { published, drafts, refused };
}

function readEntries(file: string, defaults: ImportDefaults): readonly ImportEntry[] {
  try {
    const { size } = statSync(file);
    if (size > importLimits.bytes) throw new Error(`it has ${size} bytes, ${importLimits.bytes} at most`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    const entries =
      path.extname(file).toLowerCase() === '.ics' ? readCalendar(text, defaults) : readTable(text);
    if (entries.length > importLimits.events)
      throw new Error(`it has ${entries.length} events, ${importLimits.events} at most`);
    return entries;
  } catch (error) {
    throw new UnreadableFile(
      `${file} can't be imported: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** For people, in their terminal. Titles come from the file: control characters would speak to the terminal itself. */
export function describeImport(report: ImportReport): string {
  const { published, drafts, refused } = report;
  const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ').slice(0, 120);
  const lines = refused.flatMap(({ where, title, reasons }) => [
    `  ${where}${title === '' ? '' : ` “${plain(title)}”`}`,
    ...reasons.map((reason) => `    - ${plain(reason)}`),
  ]);
  const summary = `${published} published, ${drafts} kept as drafts (no tickets named), ${refused.length} refused`;
  return [`Import: ${summary}${refused.length > 0 ? ':' : '.'}`, ...lines].join('\n');
}
