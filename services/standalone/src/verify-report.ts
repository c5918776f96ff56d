import { verifyStockReport } from '@boxoffice/shared/contracts';
import { readFileSync } from 'node:fs';

/** Adds a stock report up, on any machine: `npm run verify-report -- stock.ndjson`. */
function main([file]: readonly string[]): number {
  if (file === undefined) {
    process.stderr.write(
      'npm run verify-report -- FILE, which an organiser downloads from /api/v1/events/{eventId}/stock-report\n',
    );
    return 2;
  }
  try {
    const { faults, commits, totals } = verifyStockReport(readFileSync(file, 'utf8'));
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    for (const { ticketTypeId, held, sold } of totals)
      process.stdout.write(`${ticketTypeId}: ${held} held, ${sold} sold\n`);
    process.stdout.write(
      `${commits} commits: ${faults.length === 0 ? 'the report adds up' : 'the report does NOT add up'}\n`,
    );
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${file} can't be read as a stock report: ${(error as Error).message}\n`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
