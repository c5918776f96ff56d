import { toMilliseconds, type Clock } from '@boxoffice/shared/kernel';
import type { Arm } from './arm';
import { readApps, type Environment, type Place } from './deployment';
import { ask, probes, type Miss } from './smoke/probes';
import { unresolvedReferences } from './smoke/references';
import { messageOf, Stopped, type Fault, type Say } from './stopped';

export interface PostdeployDeps {
  readonly arm: Arm;
  readonly clock: Clock;
  readonly say: Say;
}

const everySeconds = 15;

/**
 * Asks the deployment from outside, through API Management, for what it must answer; again for a while, since the roles of
 * a first deployment need minutes to reach every service. Stops, and azd with it, where something still does not answer.
 */
export async function postdeploy(environment: Environment, deps: PostdeployDeps): Promise<void> {
  const { apiUrl, minutes, apps, ...place } = readApps(environment);
  const { clock, say } = deps;
  const until = toMilliseconds(clock.now()) + minutes * 60_000;
  let waiting = probes;
  for (;;) {
    const misses = (await Promise.all(waiting.map((probe) => ask(apiUrl, probe)))).filter(
      (miss) => miss !== undefined,
    );
    for (const { name } of waiting) if (!misses.some((miss) => miss.name === name)) say(`✓ ${name}`);
    if (misses.length === 0) break;
    const left = until - toMilliseconds(clock.now());
    if (left <= 0)
      throw new Stopped([...faultsOf(misses), ...(await referenceFaults(Object.values(apps), place, deps))]);
    for (const { what } of misses) say(`… ${what}`);
    say(`  asked again every ${everySeconds} s, for ${Math.ceil(left / 60_000)} more minutes at most`);
    waiting = waiting.filter(({ name }) => misses.some((miss) => miss.name === name));
    await clock.sleep(everySeconds * 1000);
  }
  say(`Boxoffice is open at ${apiUrl}`);
}

const faultsOf = (misses: readonly Miss[]): readonly Fault[] =>
  misses.map(({ what, next }) => ({ what, next }));

/** Looked for where something fails, since it is a cause that no answer names. */
async function referenceFaults(
  apps: readonly string[],
  place: Place,
  { arm, say }: PostdeployDeps,
): Promise<readonly Fault[]> {
  try {
    return (await Promise.all(apps.map((app) => unresolvedReferences(arm, place, app)))).flat();
  } catch (error) {
    say(`Whether settings from Key Vault are there could not be seen: ${messageOf(error)}`);
    return [];
  }
}
