import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { embeddedPlatform, type EmbeddedPlatform } from '../src/platform/embedded';
import { writer, type Rows } from './kill/writer';
import { untold } from './untold';

const kills = 6;
const linesBetween = 60;

describe('a process that is killed while it writes', () => {
  let folder: string;
  let dataDir: string;
  let platform: EmbeddedPlatform;
  const acknowledged = { document: new Set<string>(), row: new Set<string>(), message: new Set<string>() };

  /** Starts the writer, notes what it acknowledges, and kills it in the midst of its work. */
  function writeAndKill(program: string, round: number): Promise<void> {
    const child = spawn(process.execPath, [program, dataDir, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let lines = 0;
    createInterface(child.stdout).on('line', (line) => {
      const [kind, id] = line.split(' ');
      acknowledged[kind as keyof typeof acknowledged].add(id!);
      if (++lines === linesBetween + round * 7) child.kill('SIGKILL');
    });
    return new Promise((resolve, reject) => {
      child.on('close', (code, signal) =>
        signal === 'SIGKILL' ? resolve() : reject(new Error(`the writer ended by itself: ${code}`)),
      );
    });
  }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-kill-'));
    dataDir = path.join(folder, 'data');
    const outfile = path.join(folder, 'writer.cjs');
    buildSync({
      entryPoints: [path.join(__dirname, 'kill/writer.ts')],
      bundle: true,
      platform: 'node',
      outfile,
      logLevel: 'error',
    });
    for (let round = 0; round < kills; round++) await writeAndKill(outfile, round);
    platform = embeddedPlatform({ dataDir, telemetry: untold });
  }, 60_000);
  afterAll(async () => {
    await platform.close();
    rmSync(folder, { recursive: true });
  });

  const container = () => platform.container('ticket-inventory', { name: 'kept', ttl: false });

  it('has written enough to show something', () => {
    for (const ids of Object.values(acknowledged)) expect(ids.size).toBeGreaterThan(kills * 5);
  });

  it('has kept every document that it acknowledged, and no half of a batch', async () => {
    const documents = await container().list('p', { from: 'd-', to: 'd.', limit: 1_000_000 });
    const ids = new Set(documents.map(({ id }) => id));
    expect([...acknowledged.document].filter((id) => !ids.has(`d-${id}`))).toEqual([]);
    expect((await container().read('p', 'counter'))?.body).toEqual({ value: documents.length });
  });

  it('has kept every row that it acknowledged, and no half of a transaction', async () => {
    const { query } = platform.database<Rows>('ticket-inventory');
    const rows = await query.selectFrom('row').select('id').execute();
    const ids = new Set(rows.map(({ id }) => String(id)));
    expect([...acknowledged.row].filter((id) => !ids.has(id))).toEqual([]);
    expect(await query.selectFrom('counter').select('value').execute()).toEqual([{ value: rows.length }]);
  });

  it('has every message that it acknowledged handled, before or after', async () => {
    const running = await platform.run(writer(container()));
    const missing = async () => {
      const seen = await container().list('seen', { limit: 1_000_000 });
      const ids = new Set(seen.map(({ id }) => id));
      return [...acknowledged.message].filter((id) => !ids.has(`seen-${id}`));
    };
    for (let look = 0; look < 200 && (await missing()).length > 0; look++) await wait(20);
    expect(await missing()).toEqual([]);
    await running.stop();
  });
});
