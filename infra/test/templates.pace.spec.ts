import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { readAzureSettings } from '@boxoffice/shared/platform/azure';
import type { Expansion } from '../check';
import { composedServices } from '../composed/composed-services';
import { queries } from '../watch/alerts.json';
import { appSettings, deployed, profileNames, withFault } from './deployed';

/** The least that each Function App lets pass between two runs of a timer, as it reads it; 0: what the code says. */
const pacesIn = (expansion: Expansion): readonly number[] =>
  services.map((service) => {
    const { TIMERS_AT_LEAST_SECONDS } = appSettings(expansion, service) as Record<string, string | undefined>;
    return readAzureSettings({ TIMERS_AT_LEAST_SECONDS }, []).timersAtLeastSeconds;
  });

/** Alerts that look back on less than two of the measurements that they rest on: one may come late. */
function blindAlerts(expansion: Expansion): readonly string[] {
  const measure = composedServices()
    .flatMap(({ timers }) => timers)
    .find(({ name }) => name === 'measure-what-waits');
  const everySeconds = Math.max(measure?.everySeconds ?? Infinity, ...pacesIn(expansion));
  return queries
    .filter(({ name }) => queryOf(name).includes("'orders.unfulfilled.age'"))
    .filter(({ window }) => Number(/^PT(\d+)M$/.exec(window)?.[1]) * 60 < 2 * everySeconds)
    .map(({ name }) => name);
}

const queryOf = (alert: string): string =>
  readFileSync(path.resolve(__dirname, `../watch/alerts/${alert}.kql`), 'utf8');

describe('the pace of timers', () => {
  it.each([
    ['free', 60],
    ['dev', 60],
    ['staging', 0],
    ['prod', 0],
  ])('on %s is the same in all apps: %i', (profile, seconds) => {
    expect(pacesIn(deployed({ profile }))).toEqual(services.map(() => seconds));
  });

  it.each(profileNames)('on %s lets no alert look back on nothing', (profile) => {
    expect(blindAlerts(deployed({ profile }))).toEqual([]);
  });

  it('is found out where it is too slow for an alert, or none that a schedule has', () => {
    const at = (seconds: number): Expansion =>
      deployed(
        {},
        withFault('profiles.bicep', 'timersAtLeastSeconds: 60', `timersAtLeastSeconds: ${seconds}`),
      );
    expect(blindAlerts(at(300))).toEqual([]);
    expect(blindAlerts(at(360))).toEqual(['paid-without-tickets']);
    expect(blindAlerts(at(1200))).toEqual(['paid-without-tickets', 'nobody-looks']);
    expect(() => pacesIn(at(45))).toThrow('TIMERS_AT_LEAST_SECONDS: 45');
  });
});
