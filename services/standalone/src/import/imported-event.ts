import type { Instant } from '@boxoffice/shared/kernel';

/** One event as a file tells it, before the API has had its say. */
export interface ImportedEvent {
  /** Where it stands in the file, for the report: `line 12`, `entry 3`. */
  readonly where: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly venue: {
    readonly name: string;
    readonly street: string;
    readonly city: string;
    readonly country: string;
  };
  readonly timeZone: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly currency: string;
  readonly ticketTypes: readonly ImportedTicketType[];
}

export interface ImportedTicketType {
  readonly name: string;
  readonly priceMinor: number;
  readonly capacity: number;
}

/** What can't be taken, with every reason. */
export interface Refused {
  readonly where: string;
  readonly title: string;
  readonly reasons: readonly string[];
}

export type ImportEntry = { readonly event: ImportedEvent } | { readonly refused: Refused };

export const importLimits = { bytes: 5 * 1024 * 1024, events: 5000 } as const;

/** What a calendar does not say. */
export interface ImportDefaults {
  readonly timeZone: string;
  readonly currency: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
}
