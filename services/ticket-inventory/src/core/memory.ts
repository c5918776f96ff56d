import type { Allotment } from './allotment';
import type { Pool } from './counts';
import type { Group } from './group';
import type { Hold } from './hold';
import type { RecordedScan } from './admission-book';
import type { TicketMark } from './ticket-book';
import type { Entry } from './waiting-entry';

/** One thing that a stock remembers: all of them together are a snapshot. */
export type Memory =
  | { readonly kind: 'allotment'; readonly allotment: Allotment }
  | { readonly kind: 'pool'; readonly pool: Pool }
  | { readonly kind: 'hold'; readonly hold: Hold }
  /** Beyond what the buyer's holds tell: what they have bought. */
  | {
      readonly kind: 'bought';
      readonly userId: string;
      readonly ticketTypeId: string;
      readonly quantity: number;
    }
  /** Beyond those of the holds. */
  | { readonly kind: 'seat-sold'; readonly seat: string }
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly mark: TicketMark }
  | { readonly kind: 'scan'; readonly recorded: RecordedScan }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'group'; readonly group: Group };
