import type { Instant } from '@boxoffice/shared/kernel';
import type { Venue } from '../core/venue';
import type { VenueRow } from './tables';

export const venueOf = (row: VenueRow): Venue => ({ ...row, addedAt: row.addedAt as Instant });
