import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated';

const folder = path.resolve(__dirname, '../generated');

interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

describe('what is generated from the code', () => {
  let files: ReadonlyMap<string, string>;
  let api: Api;
  beforeAll(() => {
    files = generatedFiles();
    api = JSON.parse(files.get('gateway-api.json') ?? '') as Api;
  });

  it('is committed as the code says it now: `npm run generate-infra` writes it anew', () => {
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(text);
  });

  it('stays within what Bicep loads as text: 131,072 characters', () => {
    for (const text of files.values()) expect(text.length).toBeLessThanOrEqual(131_072);
  });

  it('names each operation once, by its service, within the 76 characters that API Management keeps', () => {
    const ids = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId.toLowerCase()),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^(event-management|ticket-inventory|payment-processing|notification)-[a-z]+$/);
    expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(76);
  });

  it('leads to the same service, whichever of two templates that fit an address is taken', () => {
    const templates = Object.entries(api.paths).map(([template, methods]) => ({
      template,
      fits: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      services: new Set(Object.values(methods).map(serviceOf)),
    }));
    for (const { template, services } of templates) {
      const rivals = templates.filter(({ fits }) => fits.test(template.replaceAll(/[{}]/g, '')));
      expect(rivals.length).toBeGreaterThan(0);
      for (const rival of rivals) expect([template, ...rival.services]).toEqual([template, ...services]);
    }
  });
});

const serviceOf = ({ operationId }: { readonly operationId: string }): string =>
  operationId.slice(0, operationId.lastIndexOf('-'));
