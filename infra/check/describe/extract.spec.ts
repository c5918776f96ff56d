import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Descriptions } from './descriptions';
import { extract } from './extract';

/** As bicep-types-az writes it: flags 1 is required, 2 read-only. */
const published = [
  { $type: 'StringType' },
  { $type: 'StringLiteralType', value: 'Big' },
  { $type: 'StringLiteralType', value: 'Small' },
  { $type: 'UnionType', elements: [{ $ref: '#/1' }, { $ref: '#/2' }] },
  { $type: 'UnionType', elements: [{ $ref: '#/1' }, { $ref: '#/0' }] },
  { $type: 'IntegerType', minValue: 1, maxValue: 9 },
  { $type: 'ArrayType', itemType: { $ref: '#/7' }, maxLength: 3 },
  {
    $type: 'ObjectType',
    properties: { size: { type: { $ref: '#/3' }, flags: 1 }, inner: { type: { $ref: '#/7' }, flags: 0 } },
  },
  {
    $type: 'DiscriminatedObjectType',
    discriminator: 'kind',
    baseProperties: { name: { type: { $ref: '#/9' }, flags: 9 } },
    elements: { Big: { $ref: '#/7' } },
  },
  { $type: 'StringType', minLength: 2, maxLength: 5, pattern: '^[a-z]+$', sensitive: true },
  {
    $type: 'ObjectType',
    properties: {
      state: { type: { $ref: '#/0' }, flags: 2 },
      sku: { type: { $ref: '#/4' }, flags: 0 },
      count: { type: { $ref: '#/5' }, flags: 0 },
      parts: { type: { $ref: '#/6' }, flags: 0 },
      variant: { type: { $ref: '#/8' }, flags: 0 },
    },
    additionalProperties: { $ref: '#/11' },
  },
  { $type: 'AnyType' },
  { $type: 'ResourceType', name: 'Box.Office/halls@2027-01-01', body: { $ref: '#/10' }, writableScopes: 8 },
];

describe('taking descriptions out of what Azure publishes', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-types-'));
    const place = path.join(folder, 'generated/office_0/box.office/2027-01-01');
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'types.json'), JSON.stringify(published));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what a body may hold, and nothing else', () => {
    expect(extract(folder, 'Box.Office/halls', '2027-01-01')).toEqual({
      type: 'Box.Office/halls',
      apiVersion: '2027-01-01',
      scopes: 8,
      body: 0,
      objects: [
        {
          properties: {
            state: { of: { is: 'string' }, readOnly: true },
            sku: { of: { is: 'string', values: ['Big'], open: true } },
            count: { of: { is: 'int', min: 1, max: 9 } },
            parts: { of: { is: 'array', of: 1, max: 3 } },
            variant: { of: 2 },
          },
          further: { is: 'any' },
        },
        {
          properties: {
            size: { of: { is: 'string', values: ['Big', 'Small'] }, required: true },
            inner: { of: 1 },
          },
        },
        {
          properties: {
            name: { of: { is: 'string', min: 2, max: 5, pattern: '^[a-z]+$', secret: true }, required: true },
          },
          by: 'kind',
          variants: { Big: 1 },
        },
      ],
    });
  });

  it('says when a type or a version is not there', () => {
    expect(extract(folder, 'Box.Office/halls', '2026-01-01')).toBeUndefined();
    expect(extract(folder, 'Box.Office/rooms', '2027-01-01')).toBeUndefined();
  });

  it('keeps each in a file that is read again, and leaves out what nobody uses', () => {
    const descriptions = new Descriptions(path.join(folder, 'kept'));
    const hall = extract(folder, 'Box.Office/halls', '2027-01-01')!;
    descriptions.keep(hall);
    descriptions.keep({ ...hall, type: 'Box.Office/rooms' });
    expect(new Descriptions(descriptions.folder).of('box.office/Halls', '2027-01-01')).toEqual(hall);
    expect(descriptions.versionsOf('Box.Office/rooms')).toEqual(['2027-01-01']);
    expect(descriptions.leaveOut(new Set(['Box.Office/halls@2027-01-01']))).toEqual([
      'box.office_rooms@2027-01-01.json',
    ]);
    expect(readdirSync(descriptions.folder)).toEqual(['box.office_halls@2027-01-01.json']);
    expect(
      readFileSync(path.join(descriptions.folder, 'box.office_halls@2027-01-01.json'), 'utf8').split('\n'),
    ).toHaveLength(6);
  });
});
