import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { neverRun, watchPlaces } from './places';

const folder = mkdtempSync(path.join(tmpdir(), 'places-'));
afterAll(() => rmSync(folder, { recursive: true }));
const repository = `({
  list(page) {
    let query = db.selectFrom('orders');
    if (page) query = query.where('orderId', '<', page);
    return query;
  },
  drop: () => db.deleteFrom('orders'),
})`;
const db = { selectFrom: () => db, deleteFrom: () => db, where: () => db };

/** What a spec has seen that does this with the repository. */
function seenBy(spec: (repository: Record<'list' | 'drop', (page?: string) => void>) => void) {
  const places = watchPlaces((url) => (url.endsWith('planted.ts') ? 'src/planted.ts' : undefined));
  spec(vm.runInNewContext(repository, { db }, { filename: path.join(folder, 'planted.ts') }) as never);
  return places();
}

it('places that build a query are told where no spec runs them, down to a condition', () => {
  const first = seenBy(({ list }) => list());
  expect(neverRun(first, [], folder)).toEqual([
    "src/planted.ts: drop: () => db.deleteFrom('orders'),",
    "src/planted.ts: if (page) query = query.where('orderId', '<', page);",
  ]);
  const second = seenBy(({ list, drop }) => {
    list('01');
    drop();
  });
  expect(neverRun([...first, ...second], [], folder)).toEqual([]);
});

it('files that build a query are told where no spec loads them', () => {
  writeFileSync(path.join(folder, 'forgotten.ts'), repository);
  writeFileSync(path.join(folder, 'plain.ts'), 'export const one = 1;');
  expect(neverRun([], ['forgotten.ts', 'plain.ts'], folder)).toEqual(['forgotten.ts']);
});
