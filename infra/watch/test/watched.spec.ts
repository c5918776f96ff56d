import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { buildWhatIsMissing } from '../../../services/standalone/test/functions/bundles';
import { deployAll, openHouse } from '../../../services/standalone/test/functions/house';
import { badEvening, type Evening } from './evening';
import { openIngestion, type Ingestion } from './ingestion';
import { faultsOf } from './judge';
import { readQuery } from './kusto';
import { rowOf, type Row } from './telemetry';

const watch = path.resolve(__dirname, '..');
const queriesIn = (folder: string) =>
  readdirSync(path.join(watch, folder)).map((file) => ({
    name: file.replace(/\.kql$/, ''),
    query: readFileSync(path.join(watch, folder, file), 'utf8'),
  }));
const alerts = queriesIn('alerts');
const charts = queriesIn('workbook');

const folder = mkdtempSync(path.join(tmpdir(), 'watched-'));
let ingestion: Ingestion;
let evening: Evening;
let sent: readonly Row[];

beforeAll(async () => {
  buildWhatIsMissing(services);
  const bundles = deployAll(folder);
  ingestion = await openIngestion(folder);
  const closing: (() => Promise<void>)[] = [];
  try {
    const house = await openHouse(bundles, folder, closing, ingestion.settings);
    evening = await badEvening(house, bundles, folder);
  } finally {
    // An app sends what it has gathered when it is shut down.
    for (const close of closing.reverse()) await close();
    await ingestion.close();
  }
  sent = ingestion.received.map(rowOf);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a query of an alert', () => {
  it.each(alerts)('$name speaks of what is really sent', ({ query }) => {
    expect(faultsOf(query, sent)).toEqual([]);
  });

  it.each(alerts)('$name answers with the value that the alert compares', ({ query }) => {
    expect(readQuery(query).columns).toEqual(['value']);
  });
});

describe('a query of the workbook', () => {
  it.each(charts)('$name speaks of what is really sent', ({ query }) => {
    expect(faultsOf(query, sent)).toEqual([]);
  });
});

describe('what is sent', () => {
  it.each([
    ['http.server.requests', 'http.response.status_code', /^5/],
    ['payments.moved', 'state', /^declined$/],
    ['payments.moved', 'state', /^unknown$/],
    ['refunds.moved', 'state', /^failed$/],
    ['stock.moves', 'kind', /^expired$/],
    ['orders.moved', 'state', /^expired$/],
  ])('tells of trouble: %s with %s %s', (metric, property, value) => {
    const values = sent.filter(({ name }) => name === metric).map(({ properties }) => properties[property]);
    expect(values).toContainEqual(expect.stringMatching(value));
  });

  it('names nobody, and holds no secret', () => {
    expect(sent.length).toBeGreaterThan(100);
    expect(ingestion.raw()).not.toMatch(/@example\.org|\b(Ben|Cleo|Dora)\b|Bearer |B[HX]\d\.|eyJ/);
  });

  it.each(['placing', 'paying'] as const)(
    'follows what a browser began by %s over the bus, through every service that hears of it',
    (deed) => {
      const traced = sent.filter(({ operationId }) => operationId === evening[deed]);
      const rolesOf = (span: string) =>
        new Set(traced.filter(({ name }) => name === span).map(({ role }) => role));
      expect(rolesOf('http.server.request')).toEqual(new Set(['boxoffice.payment-processing']));
      expect(rolesOf('consume')).toEqual(
        new Set(['boxoffice.ticket-inventory', 'boxoffice.payment-processing', 'boxoffice.notification']),
      );
    },
  );

  it('keeps the requests that bring no trace of their own, which the host does not sample', () => {
    const began = new Set<string>(Object.values(evening));
    const others = sent.filter(
      ({ name, operationId }) => name === 'http.server.request' && !began.has(operationId),
    );
    expect(others.length).toBeGreaterThan(20);
  });
});
