import type { StockLine, StockQuantity } from '@boxoffice/shared/contracts';
import type { Line } from './hold';
import type { Move } from './move';

/** What a commit's moves have changed in the stock, as the report tells it: nobody's name, nothing that is no stock. */
export const stockLinesOf = (moves: readonly Move[]): readonly StockLine[] => {
  const lines: StockLine[] = [];
  for (const move of moves) {
    const line = lineOf(move);
    if (line) lines.push(line);
  }
  return lines;
};

function lineOf(move: Move): StockLine | undefined {
  switch (move.kind) {
    case 'resized': {
      const { ticketTypeId, capacity, poolId } = move;
      return poolId === undefined
        ? ['capacity', ticketTypeId, capacity]
        : ['capacity', ticketTypeId, capacity, poolId];
    }
    case 'pool-resized':
      return ['pool', move.poolId, move.capacity];
    case 'held':
      return ['held', inEvent(move.terms.holdId), ...move.terms.lines.map(quantityOf)];
    case 'released':
    case 'expired':
      return [move.kind, inEvent(move.holdId)];
    case 'confirmed':
      return ['confirmed', inEvent(move.holdId), move.orderId];
    case 'sold':
    case 'returned':
      return [move.kind, move.orderId, ...move.lines.map(quantityOf)];
    case 'extended':
    case 'refused':
    case 'transferred':
    case 'blocked':
    case 'unblocked':
    case 'scanned':
    case 'joined':
    case 'withdrawn':
    case 'grouped':
    case 'claimed':
    case 'paid':
      return undefined;
  }
}

const inEvent = (holdId: string): string => holdId.slice(27);
const quantityOf = ({ ticketTypeId, quantity, seats }: Line): StockQuantity =>
  seats === undefined ? [ticketTypeId, quantity] : [ticketTypeId, quantity, seats];
