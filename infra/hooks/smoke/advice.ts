import { memberOf } from './body';

const again = 'then run `azd hooks run postdeploy`';

/** What is done about an answer that should have had another status. */
export function afterStatus(status: number, body: unknown): string {
  const checks = memberOf(body, 'checks');
  if (status === 503 && checks !== undefined) return failingChecks(checks);
  return byStatus.get(status) ?? `Look at the failed requests in Application Insights, ${again}.`;
}

export const afterStrangeBody = `Something else answers there. Check API_URL (\`azd env get-values\`), run \`azd provision\`, ${again}.`;

export function afterNoAnswer(why: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(why))
    return `API Management's name is not known yet: it is still being activated. Wait until its status is Online in the portal, ${again}.`;
  return `API Management does not answer (a new one takes up to 45 minutes to activate): wait until its status is Online in the portal, ${again}.`;
}

/** What each check of a service's health stands for on Azure. */
const failingChecks = (checks: unknown): string =>
  [
    memberOf(checks, 'schema') === 'fail' &&
      'The database was not migrated for this version: run `azd hooks run postprovision`',
    memberOf(checks, 'database') === 'fail' &&
      'The database has not the tables or not the user of this app: run `azd hooks run postprovision`, and read what it says',
    memberOf(checks, 'documents') === 'fail' &&
      'Cosmos DB does not let this app in, or lacks a container: a new role needs up to 15 minutes, else run `azd provision`',
  ]
    .filter((advice) => advice !== false)
    .concat(again)
    .join('; ') + '.';

const byStatus: ReadonlyMap<number, string> = new Map([
  [
    200,
    `This is for who has signed in, and nobody was asked for a token: do not let anybody use it. Run \`azd provision\` and \`azd deploy\`, ${again}.`,
  ],
  [
    401,
    `This needs no sign-in, but API Management asks for one: its policies are not those of infra/policies. Run \`azd provision\`, ${again}.`,
  ],
  [
    403,
    `The app, or API Management before it, lets nobody in. New roles need some minutes: wait, ${again}; where it stays so, look at the app's Networking page.`,
  ],
  [
    404,
    `Nothing is there: the app's functions have not been loaded, or API Management has not the API. Run \`azd deploy\`, and \`azd provision\` where that does not help, ${again}.`,
  ],
  [500, `The app fails. Look at the exceptions in Application Insights, ${again}.`],
  [502, `API Management does not reach the app. See whether it runs in the portal, ${again}.`],
  [
    503,
    `The app has not started. Its log stream says why; often a setting is missing, or a role is too new. Wait some minutes, ${again}.`,
  ],
  [504, `The app does not answer in time. It may be starting for the first time: ${again}.`],
]);
