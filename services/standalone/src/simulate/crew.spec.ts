import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** What `npm run simulate` prints, without how long it took; and its exit code. */
function simulate(...words: string[]): { code: number | null; printed: string } {
  const tasks = path.resolve('shared/tools/tasks.mjs');
  const { status, stdout } = spawnSync(process.execPath, [tasks, 'simulate', ...words], { encoding: 'utf8' });
  return { code: status, printed: stdout.replace(/ in [\d.]+ s \(\d+ a second\)/, '') };
}

describe('the crew of a simulation', () => {
  it('finds the same, however many share the work', () => {
    const alone = simulate('--seeds', '24', '--workers', '1');
    expect(alone.printed).toContain('24 runs,');
    expect(alone.code).toBe(0);
    expect(simulate('--seeds', '24', '--workers', '3')).toEqual(alone);
  });

  it('tells of every broken promise, in the order of the seeds, and fails', () => {
    const alone = simulate('--seeds', '12', '--workers', '1', '--bug', 'ledger-one-sided');
    expect(alone.printed).toMatch(/seed \d+ broke a promise[^]*\d+ runs with a broken promise/);
    expect(alone.code).toBe(1);
    expect(simulate('--seeds', '12', '--workers', '3', '--bug', 'ledger-one-sided')).toEqual(alone);
  });
});
