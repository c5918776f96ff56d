import 'reflect-metadata';
import { tendDeadLetters } from './dead-letters/tend';

/** `npm run dead-letters`. */
void tendDeadLetters(process.argv.slice(2), process.env, {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
});
