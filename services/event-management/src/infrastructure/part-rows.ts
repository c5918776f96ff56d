import type { Instant } from '@boxoffice/shared/kernel';
import type { Event } from '../core/event';
import type { Pool } from '../core/pool';
import type { Pricing } from '../core/pricing';
import type { TicketType } from '../core/ticket-type';
import type { PoolRow, TicketTypeRow } from './tables';

export const ticketTypeOf = (row: TicketTypeRow): TicketType => ({
  ticketTypeId: row.ticketTypeId,
  name: row.name,
  description: row.description,
  priceMinor: row.priceMinor,
  capacity: row.capacity,
  salesFrom: (row.salesFrom as Instant | null) ?? undefined,
  salesUntil: (row.salesUntil as Instant | null) ?? undefined,
  minPerOrder: row.minPerOrder,
  maxPerOrder: row.maxPerOrder,
  maxPerBuyer: row.maxPerBuyer ?? undefined,
  poolId: row.poolId ?? undefined,
  accessCodes: row.accessCodes === null ? undefined : (JSON.parse(row.accessCodes) as string[]),
  ...(row.pricing === null ? {} : (JSON.parse(row.pricing) as Pricing)),
});

export const ticketTypeRowsOf = ({ eventId, ticketTypes }: Event): TicketTypeRow[] =>
  ticketTypes.map((ticketType, position) => {
    const { tiers, packages, donation, addOnTo, taxCategory, accessCodes, ...rest } = ticketType;
    const pricing = JSON.stringify({ tiers, packages, donation, addOnTo, taxCategory });
    return {
      ...rest,
      eventId,
      position,
      salesFrom: rest.salesFrom ?? null,
      salesUntil: rest.salesUntil ?? null,
      maxPerBuyer: rest.maxPerBuyer ?? null,
      poolId: rest.poolId ?? null,
      accessCodes: accessCodes === undefined ? null : JSON.stringify(accessCodes),
      pricing: pricing === '{}' ? null : pricing,
    };
  });

export const poolOf = ({ poolId, name, capacity }: PoolRow): Pool => ({ poolId, name, capacity });

export const poolRowsOf = ({ eventId, pools }: Event): PoolRow[] =>
  pools.map((pool, position) => ({ ...pool, eventId, position }));
