import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A machine as a workflow's job has it, where programs that reach the world are stand-ins that write down what they were asked. */
export interface Job {
  readonly folder: string;
  /** Runs a script; `calls` are the stand-ins' since the job began, a line each. */
  run(
    script: string,
    args?: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): { readonly code: number | null; readonly out: string; readonly calls: readonly string[] };
  end(): void;
}

/** `programs`: what each stand-in does, as lines of bash; its arguments are `$@`. */
export function openJob(programs: Readonly<Record<string, string>>): Job {
  const folder = mkdtempSync(path.join(tmpdir(), 'job-'));
  const bin = path.join(folder, 'bin');
  const log = path.join(folder, 'calls.txt');
  mkdirSync(bin);
  writeFileSync(log, '');
  for (const [name, does] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/usr/bin/env bash\necho "${name} $*" >> "${log}"\n${does}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  return {
    folder,
    run(script, args = [], environment = {}) {
      const { status, stdout, stderr } = spawnSync('bash', [script, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`, ...environment },
      });
      const calls = readFileSync(log, 'utf8').split('\n').filter(Boolean);
      return { code: status, out: `${stdout}${stderr}`, calls };
    },
    end: () => rmSync(folder, { recursive: true }),
  };
}
