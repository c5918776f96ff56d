import type { Line } from '../core/hold';

/** Ticket type, quantity and, where they are numbered, the seats; ticket type … */
export type Quantities = readonly (number | readonly string[])[];

/** The ticket types that a document names, in the order in which it first did. */
export class TypeList {
  readonly list: string[] = [];

  numberOf = (ticketTypeId: string): number => {
    const at = this.list.indexOf(ticketTypeId);
    return at >= 0 ? at : this.list.push(ticketTypeId) - 1;
  };

  quantities = (lines: readonly Line[]): Quantities =>
    lines.flatMap(({ ticketTypeId, quantity, seats }) =>
      seats === undefined
        ? [this.numberOf(ticketTypeId), quantity]
        : [this.numberOf(ticketTypeId), quantity, seats],
    );
}

export function linesOf(quantities: Quantities, ticketTypes: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  for (let i = 0; i < quantities.length;) {
    const ticketTypeId = ticketTypes[Number(quantities[i++])] ?? '';
    const quantity = Number(quantities[i++]);
    const seats = quantities[i];
    if (typeof seats !== 'object') lines.push({ ticketTypeId, quantity });
    else {
      lines.push({ ticketTypeId, quantity, seats });
      i++;
    }
  }
  return lines;
}

export const suffixIn = (id: string): string => id.slice(27);
