import { toMilliseconds, type Clock } from '../kernel';
import type { Log } from '../telemetry';
import { HealthView } from './health.view';
import type { Reply, Route } from './route';

const checkMilliseconds = 3000;
/** Answers are good for this long: health is open to anyone, what it checks is not to be worn out. */
const keepMilliseconds = 1000;

interface Checks {
  readonly name: string;
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
}

/** `GET /{service}/health`: live, ready, and each dependency; 503 while one of them fails. */
export function healthRoute(service: Checks, clock: Clock, log: Log): Route {
  let latest: { readonly at: number; readonly reply: Promise<Reply> } | undefined;
  return {
    method: 'GET',
    path: `/${service.name}/health`,
    summary: `Whether ${service.name} is live and ready`,
    access: 'anyone',
    answers: { status: 200, description: 'All that it needs answers.', body: HealthView },
    handle() {
      const now = toMilliseconds(clock.now());
      if (latest === undefined || now - latest.at >= keepMilliseconds)
        latest = { at: now, reply: examine(service, clock, log) };
      return latest.reply;
    },
  };
}

async function examine(service: Checks, clock: Clock, log: Log): Promise<Reply> {
  const names = Object.keys(service.checks);
  const answers = await Promise.all(names.map((name) => answersInTime(service, name, clock, log)));
  const ready = answers.every(Boolean);
  const checks = Object.fromEntries(names.map((name, i) => [name, answers[i] === true ? 'pass' : 'fail']));
  return { status: ready ? 200 : 503, body: { status: ready ? 'pass' : 'fail', live: true, ready, checks } };
}

async function answersInTime(service: Checks, name: string, clock: Clock, log: Log): Promise<boolean> {
  const timeOut = clock.sleep(checkMilliseconds).then(() => {
    throw new Error(`no answer within ${checkMilliseconds} ms`);
  });
  try {
    await Promise.race([service.checks[name]?.(), timeOut]);
    return true;
  } catch (error) {
    // Whoever asks learns that it fails; why, the operator finds here.
    log.error('health check failed', error, { service: service.name, check: name });
    return false;
  } finally {
    timeOut.catch(() => undefined);
  }
}
