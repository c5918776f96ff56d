import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Settings of an app whose clock is so many hours ahead: what it sees has long expired. `folder` keeps the script that moves it. */
export function clockAhead(folder: string, hours: number): Readonly<Record<string, string>> {
  const script = path.join(folder, 'clock-ahead.cjs');
  writeFileSync(
    script,
    `const real = Date.now;
const now = () => real() + ${hours * 3_600_000};
globalThis.Date = class extends Date {
  constructor(...given) { given.length === 0 ? super(now()) : super(...given); }
  static now() { return now(); }
};
`,
  );
  return { NODE_OPTIONS: `--require=${script}` };
}
