import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { check } from './check';
import { Descriptions } from './describe/descriptions';
import { bicepFilesIn, entriesIn } from './folder';
import { type BicepFile } from './read/file';
import { Sources } from './read/sources';
import { type Expression, type ObjectExpression } from './read/syntax';

const infra = path.resolve(__dirname, '..');
const descriptions = new Descriptions(path.join(__dirname, 'types'));

const entries = entriesIn(infra, new Sources());
const faultsIn = (sources: Sources): readonly string[] =>
  check(entries, sources, descriptions).map(
    ({ file, line, column, message }) => `${path.relative(infra, file)}:${line}:${column} ${message}`,
  );

/** The faults with more text at an offset of one file. */
function faultsWith({ path: file, text }: BicepFile, at: number, more: string): string {
  return faultsIn(new Sources({ [file]: text.slice(0, at) + more + text.slice(at) })).join('\n');
}

function property(body: ObjectExpression, name: string): Expression | undefined {
  const found = body.members.find((member) => member.kind === 'property' && member.name === name);
  return found?.kind === 'property' ? found.value : undefined;
}

describe('the templates that are deployed', () => {
  const sources = new Sources();
  const files = bicepFilesIn(infra).map((file) => sources.bicep(file)!);

  it('have no fault', () => {
    expect(files).not.toEqual([]);
    expect(faultsIn(new Sources())).toEqual([]);
  }, 60_000);

  it('would be found out with the first property of any resource misspelt', () => {
    for (const file of files)
      for (const { resource } of file.resources) {
        const properties = property(resource.body, 'properties');
        const [first] = properties?.kind === 'object' ? properties.members : [];
        if (first?.kind !== 'property' || first.name === undefined) continue;
        expect(faultsWith(file, first.at + first.name.length, 'Qx')).toContain(`has no “${first.name}Qx”`);
      }
  }, 120_000);

  it('would be found out with a parameter that nobody uses in any of them', () => {
    for (const file of files)
      expect(faultsWith(file, file.text.length, "\nparam colour string = ''\n")).toContain(
        'the parameter “colour” is used nowhere',
      );
  }, 60_000);

  it('would be found out with a parameter that any module has not', () => {
    for (const file of files)
      for (const { body } of file.all('module')) {
        const params = property(body, 'params')!;
        expect(faultsWith(file, params.at + 1, "\n    colour: 'red'")).toContain('has no “colour”');
      }
  }, 60_000);

  it('would be found out with the place of any resource left out that must have one', () => {
    for (const file of files)
      for (const { resource, type, apiVersion } of file.resources) {
        const place = property(resource.body, 'location');
        const description = descriptions.of(type, apiVersion)!;
        const { location } = description.objects[Number(description.body)]!.properties;
        if (place === undefined || location?.required !== true) continue;
        const from = file.text.lastIndexOf('\n', place.at);
        const text = file.text.slice(0, from) + file.text.slice(file.text.indexOf('\n', place.at));
        expect(faultsIn(new Sources({ [file.path]: text })).join('\n')).toContain('“location” is missing');
      }
  }, 60_000);
});
