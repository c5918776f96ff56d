import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, instant } from '@boxoffice/shared/kernel';
import { mssqlDatabase, type MssqlDatabase } from '@boxoffice/shared/platform/azure/sql';
import type { Database } from '@boxoffice/shared/sql';
import type { KyselyPlugin } from 'kysely';
import { TdsDouble } from '../../shared/test/doubles/tds';
import { armClient } from '../hooks/arm';
import { inSql, postprovision, type PostprovisionDeps } from '../hooks/postprovision';
import { sidOf } from '../hooks/sql/sid';
import { ensureSqlUser } from '../hooks/sql/sql-user';
import { ArmDouble } from './doubles/arm';

const environment = {
  AZURE_SUBSCRIPTION_ID: 'a-subscription',
  AZURE_RESOURCE_GROUP: 'rg-boxoffice',
  AZURE_SQL_SERVER: 'sql-boxoffice.database.windows.net',
  SERVICE_EVENT_MANAGEMENT_IDENTITY_NAME: 'id-event-management',
  SERVICE_EVENT_MANAGEMENT_IDENTITY_CLIENT_ID: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  SERVICE_PAYMENT_PROCESSING_IDENTITY_NAME: 'id-"payment" processing',
  SERVICE_PAYMENT_PROCESSING_IDENTITY_CLIENT_ID: '00112233-4455-6677-8899-aabbccddeeff',
};
const server =
  '/subscriptions/a-subscription/resourceGroups/rg-boxoffice/providers/Microsoft.Sql/servers/sql-boxoffice';
const refusal = (address: string): string =>
  `Cannot open server 'sql-boxoffice' requested by the login. Client with IP address '${address}' is not allowed to access the server.`;
const both = ['db_datareader', 'db_datawriter'];

let servers: Record<'event-management' | 'payment-processing', TdsDouble>;
let arm: Awaited<ReturnType<typeof ArmDouble.start>>;
let said: string[];
let deps: PostprovisionDeps;

const connect: PostprovisionDeps['connect'] = (_, database) =>
  mssqlDatabase({
    connectionString: servers[database].connectionString,
    retries: 1,
    firstDelayMilliseconds: 1,
  });

/** A planted fault: whoever asks this database learns of nothing that is there. */
function unseeing(database: MssqlDatabase<unknown>): Database<unknown> {
  const blind: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => ({ ...result, rows: [] }),
  };
  return {
    query: database.query,
    transaction: (work) => database.transaction((tx) => work(tx.withPlugin(blind))),
  };
}

beforeEach(async () => {
  servers = { 'event-management': await TdsDouble.start(), 'payment-processing': await TdsDouble.start() };
  arm = await ArmDouble.start({
    [server]: { properties: { publicNetworkAccess: 'Enabled' } },
    [`${server}/firewallRules`]: { value: [] },
  });
  said = [];
  let now = instant('2027-01-05T10:00:00Z');
  deps = {
    arm: armClient(async () => 'a token', arm.origin),
    clock: {
      now: () => now,
      sleep: async (milliseconds) => void (now = after(now, { seconds: milliseconds / 1000 })),
    },
    say: (line) => said.push(line),
    connect,
  };
});
afterEach(() => Promise.all([...Object.values(servers), arm].map((each) => each.close())));

describe('the SID of an identity', () => {
  it('is its client id, with the first three groups backwards', () => {
    expect(sidOf('00112233-4455-6677-8899-aabbccddeeff')).toBe('0x33221100554477668899AABBCCDDEEFF');
    expect(sidOf('6F9619FF-8B86-D011-B42D-00C04FC964FF')).toBe('0xFF19966F868B11D0B42D00C04FC964FF');
  });

  it('is made of nothing but a client id', () => {
    expect(() => sidOf("0x00'; drop user dbo")).toThrow('not a client id');
  });
});

describe('after provisioning', () => {
  it('each database has its tables, and its app may read and write and no more', async () => {
    await postprovision(environment, deps);
    expect(servers['event-management'].users).toEqual([
      { name: 'id-event-management', sid: '0xFF19966F868B11D0B42D00C04FC964FF', roles: both },
    ]);
    expect(servers['payment-processing'].users).toEqual([
      { name: 'id-"payment" processing', sid: '0x33221100554477668899AABBCCDDEEFF', roles: both },
    ]);
    for (const [service, migrations] of Object.entries(inSql))
      for (const { name } of migrations)
        expect(said.join('\n')).toMatch(new RegExp(`${service}: .*ran the migration ${name}`));
  });

  it('every service that has migrations is brought up', () => {
    const folder = path.join(__dirname, '../../services');
    const having = readdirSync(folder).filter((service) =>
      existsSync(path.join(folder, service, 'src/infrastructure/migrations')),
    );
    expect(having).toEqual(Object.keys(inSql).sort());
  });

  it('a second run changes nothing, and asks for nothing but what is there', async () => {
    await postprovision(environment, deps);
    const before = Object.values(servers).map(({ users }) => users);
    for (const each of Object.values(servers)) each.asked.length = 0;
    said.length = 0;
    await postprovision(environment, deps);
    expect(said).toEqual(['event-management: nothing to do', 'payment-processing: nothing to do']);
    expect(Object.values(servers).map(({ users }) => users)).toEqual(before);
    for (const { asked } of Object.values(servers)) {
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter((statement) => !/^\s*(select|begin|commit)\b/.test(statement))).toEqual([]);
    }
  });

  it('a second run that created again would be noticed', async () => {
    const database = connect('', 'event-management');
    const identity = { name: 'id', clientId: '00112233-4455-6677-8899-aabbccddeeff' };
    await ensureSqlUser(database, identity);
    await expect(ensureSqlUser(unseeing(database), identity)).rejects.toThrow('already exists');
    expect(
      servers['event-management'].asked.filter((statement) => statement.startsWith('create user')),
    ).toHaveLength(2);
    await database.close();
  });

  it('an identity that was made anew takes the place of the one that had its name', async () => {
    await postprovision(environment, deps);
    const clientId = '99999999-4455-6677-8899-aabbccddeeff';
    await postprovision({ ...environment, SERVICE_EVENT_MANAGEMENT_IDENTITY_CLIENT_ID: clientId }, deps);
    expect(servers['event-management'].users).toEqual([
      { name: 'id-event-management', sid: sidOf(clientId), roles: both },
    ]);
  });

  it('an identity that bears another name now is known by that one alone', async () => {
    await postprovision(environment, deps);
    await postprovision({ ...environment, SERVICE_EVENT_MANAGEMENT_IDENTITY_NAME: 'id-renamed' }, deps);
    expect(servers['event-management'].users.map(({ name }) => name)).toEqual(['id-renamed']);
  });

  it('an app that somebody let into more is put out of it', async () => {
    const database = connect('', 'event-management');
    const identity = { name: 'id', clientId: '00112233-4455-6677-8899-aabbccddeeff' };
    await ensureSqlUser(database, identity);
    servers['event-management'].letInto('db_owner', 'id');
    expect(await ensureSqlUser(database, identity)).toEqual(['put id out of db_owner']);
    expect(servers['event-management'].users).toMatchObject([{ roles: both }]);
    await database.close();
  });

  it('names all that azd’s environment lacks, and touches nothing', async () => {
    const done = postprovision({ AZURE_SQL_SERVER: 'sql.example' }, deps);
    await expect(done).rejects.toThrow(
      /AZURE_RESOURCE_GROUP.*SERVICE_PAYMENT_PROCESSING_IDENTITY_NAME[^]*→ Run `azd provision`/,
    );
    expect(Object.values(servers).flatMap(({ asked }) => asked)).toEqual([]);
  });
});

describe('the firewall', () => {
  it('is opened for the address that the server refuses, and closed again', async () => {
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    await postprovision(environment, deps);
    expect(arm.changed).toEqual([
      `PUT ${server}/firewallRules/azd-postprovision-203-0-113-7 203.0.113.7–203.0.113.7`,
      `DELETE ${server}/firewallRules/azd-postprovision-203-0-113-7`,
    ]);
    expect(servers['event-management'].users).toHaveLength(1);
  });

  it('is not touched where the server lets us in', async () => {
    await postprovision(environment, deps);
    expect(arm.changed).toEqual([]);
  });

  it('is closed again when a migration fails, and that is what is told', async () => {
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    servers['event-management'].fail({ on: /^create table/, error: 262 });
    await expect(postprovision(environment, deps)).rejects.toThrow('an error that was asked for');
    expect(arm.changed.at(-1)).toMatch(/^DELETE .*203-0-113-7$/);
  });

  it('that cannot be closed again is spoken of beside what went wrong first', async () => {
    arm.refuse(500, 'InternalServerError', 'try later', 'DELETE');
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    servers['event-management'].fail({ on: /^create table/, error: 262 });
    await expect(postprovision(environment, deps)).rejects.toThrow('an error that was asked for');
    expect(said.at(-1)).toMatch(/firewall is still open.*InternalServerError/);
  });

  it('is closed of what an earlier run has left open, and keeps the rules of others', async () => {
    arm.put(`${server}/firewallRules`, {
      value: [{ name: 'azd-postprovision-198-51-100-1' }, { name: 'office' }],
    });
    await postprovision(environment, deps);
    expect(arm.changed).toEqual([`DELETE ${server}/firewallRules/azd-postprovision-198-51-100-1`]);
  });

  it('of a server that is locked against deleting lets in nobody afterwards', async () => {
    arm.refuse(409, 'ScopeLocked', 'holds-data', 'DELETE');
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    await postprovision(environment, deps);
    expect(arm.changed.at(-1)).toBe(
      `PUT ${server}/firewallRules/azd-postprovision-203-0-113-7 192.0.2.1–192.0.2.1`,
    );
  });

  it('that stays shut is given up after some minutes', async () => {
    for (let at = 0; at < 60; at++) servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    await expect(postprovision(environment, deps)).rejects.toThrow(
      /still refuses 203\.0\.113\.7[^]*→ Run `azd hooks run postprovision`/,
    );
    expect(arm.changed.at(-1)).toMatch(/^DELETE/);
  });

  it('of a server without public access stays as it is, and says where to go instead', async () => {
    arm.put(server, { properties: { publicNetworkAccess: 'Disabled' } });
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    await expect(postprovision(environment, deps)).rejects.toThrow(
      /virtual network alone[^]*→ .*self-hosted runner/,
    );
    expect(arm.changed).toEqual([]);
  });

  it('that may not be opened names the role that it takes', async () => {
    arm.refuse(403, 'AuthorizationFailed', 'no write on firewallRules');
    servers['event-management'].refuseLogin(40615, refusal('203.0.113.7'));
    await expect(postprovision(environment, deps)).rejects.toThrow(
      /AuthorizationFailed[^]*→ .*SQL Server Contributor/,
    );
  });
});

it('whoever is no administrator of the server is told so', async () => {
  servers['event-management'].refuseLogin(18456, `Login failed for user '<token-identified principal>'.`);
  await expect(postprovision(environment, deps)).rejects.toThrow(
    /administrator[^]*→ Sign in as a member of the group/,
  );
});
