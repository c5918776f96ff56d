import { readFileSync } from 'node:fs';
import { publicKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';

/** `npm run verify-ticket -- KEYS CODE`: what a scanner without a network does, with the keys that it fetched beforehand. */
const [file, code] = process.argv.slice(2);
if (file === undefined || code === undefined) {
  process.stderr.write(
    'Usage: npm run verify-ticket -- KEYS.json CODE, where KEYS.json is what GET /api/v1/ticket-keys answered.\n',
  );
  process.exit(2);
}
const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: readonly { kid: string; x: string }[] };
const verdict = verifyTicketCode(code.trim(), (keyId) => {
  const key = keys.find(({ kid }) => kid === keyId);
  return key && publicKeyFrom(key.x);
});
process.stdout.write(
  verdict.valid
    ? `valid: ticket ${verdict.ticket.ticketId} of event ${verdict.ticket.eventId}\n`
    : `not valid: ${verdict.fault}\n`,
);
process.exitCode = verdict.valid ? 0 : 1;
