import type { Instant } from '@boxoffice/shared/kernel';
import type { Event } from '../core/event';
import type { Pool } from '../core/pool';
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
});

export const ticketTypeRowsOf = ({ eventId, ticketTypes }: Event): TicketTypeRow[] =>
  ticketTypes.map(
    (
      { salesFrom = null, salesUntil = null, maxPerBuyer = null, poolId = null, accessCodes, ...rest },
      position,
    ) => ({
      ...rest,
      eventId,
      position,
      salesFrom,
      salesUntil,
      maxPerBuyer,
      poolId,
      accessCodes: accessCodes === undefined ? null : JSON.stringify(accessCodes),
    }),
  );

export const poolOf = ({ poolId, name, capacity }: PoolRow): Pool => ({ poolId, name, capacity });

export const poolRowsOf = ({ eventId, pools }: Event): PoolRow[] =>
  pools.map((pool, position) => ({ ...pool, eventId, position }));
