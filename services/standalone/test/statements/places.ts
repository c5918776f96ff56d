import { Session, type Profiler } from 'node:inspector';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where a file builds a query or a part of one, and whether it has run. */
export interface Place {
  readonly file: string;
  /** Its position in what the file is compiled to. */
  readonly at: number;
  /** The line there. */
  readonly line: string;
  readonly ran: boolean;
}

/** What builds a query or sends it, in Kysely's words. */
export const speaksOfSql =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|\w*[wW]here\w*|\w*Join|select|selectAll|orderBy|groupBy|having|limit|offset|\$if|execute\w*)\(|\bsql\)?`|\beb(?:\.\w+)?\(/g;

/** Has V8 count from now on; tells what ran of the files that `named` gives a name. */
export function watchPlaces(named: (url: string) => string | undefined): () => readonly Place[] {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return () => {
    const places: Place[] = [];
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      const own = result.filter(({ url }) => named(url) !== undefined);
      // Dear: it goes through all that is loaded.
      if (own.length > 0) session.post('Debugger.enable');
      for (const script of own)
        places.push(...placesOf(named(script.url) ?? '', sourceOf(session, script.scriptId), script));
    });
    session.disconnect();
    return places;
  };
}

/** Calls back before it returns, as everything of a session in one's own thread does. */
function sourceOf(session: Session, scriptId: string): string {
  let source = '';
  session.post('Debugger.getScriptSource', { scriptId }, (_, { scriptSource }) => {
    source = scriptSource;
  });
  return source;
}

function placesOf(file: string, source: string, { functions }: Profiler.ScriptCoverage): readonly Place[] {
  const ranges = functions.flatMap((one) => one.ranges);
  return [...source.matchAll(speaksOfSql)].map(({ index }) => {
    const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= index && index < endOffset);
    // Of those around it the shortest tells of it.
    const [inmost] = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
    const line = source.slice(source.lastIndexOf('\n', index) + 1, source.indexOf('\n', index)).trim();
    return { file, at: index, line, ran: inmost !== undefined && inmost.count > 0 };
  });
}

/** Of what was seen, what has run in no spec; and `files` that build queries, from the root, which were never loaded. */
export function neverRun(seen: readonly Place[], files: readonly string[], root: string): readonly string[] {
  const key = ({ file, at }: Place): string => `${file} ${at}`;
  const ran = new Set(seen.filter((place) => place.ran).map(key));
  const loaded = new Set(seen.map(({ file }) => file));
  const silent = seen.filter((place) => !ran.has(key(place))).map(({ file, line }) => `${file}: ${line}`);
  const unloaded = files.filter(
    (file) => !loaded.has(file) && readFileSync(path.join(root, file), 'utf8').search(speaksOfSql) >= 0,
  );
  return [...new Set([...silent, ...unloaded])].sort();
}
