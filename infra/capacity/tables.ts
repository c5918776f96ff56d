import { bill, timerRuns, type Line } from './bill';
import { limits } from './limits';
import { prices } from './prices';
import { busOperationsEach, callsEach, purchase, quietUnitsEach } from './purchase';
import { sizes } from './sizes';

/** The parts of docs/operations/capacity.md that are computed, by the name of the mark that they stand under. */
export function tables(everySeconds: readonly number[]): Readonly<Record<string, string>> {
  const bills = sizes.map((size) => bill(size, everySeconds));
  const total = (lines: readonly Line[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
  return {
    purchase: table(
      ['one purchase takes', ''],
      [
        [
          'calls of the API',
          `${purchase.visitors} × ${purchase.callsOfVisitor} + ${purchase.callsOfBuyer} = ${callsEach}`,
        ],
        ['facts said, deliveries', `${purchase.sent}, ${purchase.delivered}`],
        ['operations of Service Bus', `${purchase.sent} + 2 × ${purchase.delivered} = ${busOperationsEach}`],
        [
          'request units of Cosmos DB, when little is sold',
          `2 × ${purchase.lonelyCommitUnits} + ${purchase.walletUnits} + ${purchase.letterUnits} + ${purchase.visitors} = ${quietUnitsEach}`,
        ],
        ['processor time', `${purchase.processorMilliseconds} ms`],
        ['letters', String(purchase.letters)],
      ],
    ),
    month: table(
      ['US dollars a month', ...sizes.map(({ name, profile }) => `${name} (\`${profile}\`)`)],
      [
        ['purchases', ...sizes.map(({ purchases }) => count(purchases))],
        ...(bills[0] ?? []).map(({ of }, at) => [of, ...bills.map((lines) => money(lines[at]?.usd ?? 0))]),
        ['**together**', ...bills.map((lines) => `**${money(total(lines))}**`)],
        [
          'of a ticket',
          ...bills.map((lines, at) =>
            money(total(lines) / ((sizes[at]?.purchases ?? 1) * purchase.tickets), 4),
          ),
        ],
      ],
    ),
    timers: table(
      ['timers', 'runs a month', 'at 0.5 GB', 'at 2 GB'],
      [0, 60].map((atLeastSeconds) => {
        const runs = timerRuns(everySeconds, atLeastSeconds);
        return [
          `${everySeconds.length}, ${atLeastSeconds === 0 ? 'as often as the code says' : 'at most once a minute'}`,
          count(runs),
          ...[0.5, 2].map((gigabytes) =>
            money(
              (runs * gigabytes - 100_000) * prices.flexTime.usd +
                ((runs - 250_000) / 1_000_000) * prices.flexRuns.usd,
            ),
          ),
        ];
      }),
    ),
    limits: table(
      ['limit', 'is', 'a purchase takes', 'met at, purchases a second'],
      limits.map(({ of, most, told, each }) => [of, told, String(each), perSecond(most / each)]),
    ),
    prices: table(
      ['price', 'a', 'US dollars', 'read'],
      Object.values(prices).map(({ of, unit, usd, read }) => [of, unit, String(usd), read]),
    ),
  };
}

const count = (number: number): string => Math.round(number).toLocaleString('en-US');
const money = (usd: number, digits = 2): string =>
  usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const perSecond = (number: number): string =>
  number >= 10 ? count(number) : number.toLocaleString('en-US', { maximumSignificantDigits: 2 });

/** As Prettier writes it: columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) =>
    Math.max(3, ...[cell, ...rows.map((row) => row[at] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}
