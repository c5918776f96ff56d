import { after, atLocalTime, localTime, type Instant } from '@boxoffice/shared/kernel';
import type { GatewayMovement } from '../../core/gateway';
import { identifier, object, text, UnreadableAnswer, type Json } from './answer';
import { ourId, pspName } from './adyen-wire';
import { fromDecimal } from './decimal';

/** Record types of the payment accounting report that move money between a buyer and us. */
const kinds: Readonly<Record<string, GatewayMovement['is']>> = {
  SentForSettle: 'capture',
  SentForRefund: 'refund',
  Chargeback: 'dispute',
  SecondChargeback: 'dispute',
  ChargebackReversed: 'dispute-won',
};

/** The days whose reports hold what moved from `since` to before `until`: `2027_01_05`, by the account's own calendar. */
export function reportDays(since: Instant, until: Instant, timeZone: string): readonly string[] {
  const days = new Set<string>();
  for (let at = since; at < until; at = after(at, { hours: 12 }))
    days.add(localTime(at, timeZone).slice(0, 10));
  if (since < until) days.add(localTime(after(until, { milliseconds: -1 }), timeZone).slice(0, 10));
  return [...days].map((day) => day.replaceAll('-', '_'));
}

/** A report as Adyen keeps it, a comma between two columns, their names in the first row. */
export async function movementsOfReport(csv: string, timeZone: string): Promise<readonly GatewayMovement[]> {
  const { parse } = await import('csv-parse/sync');
  const rows: unknown = parse(csv, { columns: true, bom: true, skip_empty_lines: true });
  if (!Array.isArray(rows)) throw new UnreadableAnswer('report');
  return rows.flatMap((row: unknown) => {
    const json = object(row);
    const is = kinds[text(json, 'Record Type')];
    return is === undefined ? [] : [movementFrom(is, json, timeZone)];
  });
}

function movementFrom(is: GatewayMovement['is'], row: Json, timeZone: string): GatewayMovement {
  const psp = identifier(row, 'Psp Reference', 24);
  const paymentId = ourId(identifier(row, 'Merchant Reference', 80));
  const moved = fromDecimal(row['Captured (PC)'], row['Payment Currency']);
  const at = atLocalTime(text(row, 'Booking Date').replace(' ', 'T'), timeZone);
  if (at === undefined) throw new UnreadableAnswer('Booking Date');
  return {
    is,
    ...(is === 'refund' ? refundNames(row) : { reference: pspName(psp, paymentId), ourId: paymentId }),
    amount: { ...moved, amountMinor: Math.abs(moved.amountMinor) },
    at,
  };
}

/** A refund that somebody made in Adyen's own pages has no reference of ours. */
function refundNames(row: Json): Pick<GatewayMovement, 'reference' | 'ourId'> {
  const psp = identifier(row, 'Modification Psp Reference', 24);
  if (row['Modification Merchant Reference'] === '') return { reference: psp };
  const refundId = identifier(row, 'Modification Merchant Reference', 80);
  return { reference: pspName(psp, refundId), ourId: refundId };
}
