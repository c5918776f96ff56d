import { readFileSync } from 'node:fs';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import { findKeyAmong, OfflineScanner, type ScanBundle, type TicketKey } from '@boxoffice/shared/scanning';
import { verifyTicketCode } from '@boxoffice/shared/tokens';

const usage = `Usage, for what a scanner without a network does:
  npm run verify-ticket -- KEYS.json CODE
    whether the code is genuine, by what GET /api/v1/ticket-keys answered
  npm run verify-ticket -- --bundle BUNDLE.json GATE CODE
    whether that gate lets it in now, by what GET /api/v1/events/{eventId}/scan-bundle answered
`;

function main(given: readonly string[]): number {
  const isByBundle = given[0] === '--bundle';
  const [file, ...asked] = isByBundle ? given.slice(1) : given;
  const code = asked.at(-1)?.trim();
  if (file === undefined || code === undefined || asked.length !== (isByBundle ? 2 : 1)) {
    process.stderr.write(usage);
    return 2;
  }
  const content = JSON.parse(readFileSync(file, 'utf8')) as object;
  const { isGood, verdict } = isByBundle
    ? atTheGate(content as ScanBundle, asked[0] ?? '', code)
    : byKeys(content as { readonly keys: readonly TicketKey[] }, code);
  process.stdout.write(`${verdict}\n`);
  return isGood ? 0 : 1;
}

function byKeys({ keys }: { readonly keys: readonly TicketKey[] }, code: string) {
  const verdict = verifyTicketCode(code, findKeyAmong(keys));
  return verdict.valid
    ? { isGood: true, verdict: `valid: ticket ${verdict.ticket.ticketId} of event ${verdict.ticket.eventId}` }
    : { isGood: false, verdict: `not valid: ${verdict.fault}` };
}

function atTheGate(bundle: ScanBundle, gateId: string, code: string) {
  const scanner = new OfflineScanner(bundle, () => 'not-uploaded');
  const { reason, ticket } = scanner.scan(code, gateId, fromMilliseconds(Date.now()));
  return reason === undefined
    ? { isGood: true, verdict: `accepted: ticket ${ticket?.ticketId ?? ''}` }
    : { isGood: false, verdict: `refused: ${reason}` };
}

process.exitCode = main(process.argv.slice(2));
