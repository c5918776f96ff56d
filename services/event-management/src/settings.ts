import { readSettings } from '@boxoffice/shared/kernel';

export interface EventManagementSettings {
  /** Makes the ids of calendar entries unique in the world: a domain of the operator's. */
  readonly calendarDomain: string;
}

export const readEventManagementSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<EventManagementSettings> =>
  readSettings(environment, (setting) => ({
    calendarDomain: setting.textOr('CALENDAR_DOMAIN', 'boxoffice.example'),
  }));
