import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  DocumentFault,
  isDocumentFault,
  type Container,
  type ContainerSpec,
  type Operation,
  type Stored,
} from '../../src/documents';

/** The containers that an opener has ready. */
export const contractContainers = {
  brief: { name: 'contract-brief', ttl: true },
  lasting: { name: 'contract-lasting', ttl: false },
} as const satisfies Record<string, ContainerSpec>;

export interface DocumentsUnderTest {
  container(spec: ContainerSpec): Container;
  /** Lets this much time pass; waits for real where the clock can't be moved. */
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

interface Counter {
  readonly value: number;
}

const create = (id: string, body: object = {}, ttl?: number): Operation =>
  ttl === undefined ? { kind: 'create', id, body } : { kind: 'create', id, body, ttl };

/** Why a write was refused; fails when it was not, or not with a DocumentFault. */
async function reasonOf(write: Promise<unknown>): Promise<string> {
  const outcome = await write.then(
    () => 'written',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(DocumentFault);
  return (outcome as DocumentFault).reason;
}

const idsOf = (documents: readonly Stored<object>[]): string[] => documents.map(({ id }) => id);

/** What every `Container` keeps to. Opened once; each test works in partitions of its own, so a real account will do. */
export function containerContract(name: string, open: () => Promise<DocumentsUnderTest>): void {
  describe(`documents on ${name}`, () => {
    let store: DocumentsUnderTest;
    let container: Container;
    let here: string;

    beforeAll(async () => {
      store = await open();
      container = store.container(contractContainers.brief);
    });
    afterAll(() => store.close());
    beforeEach(() => {
      here = `p-${randomUUID()}`;
    });

    const write = (...operations: readonly Operation[]) => container.write(here, operations);
    const etagOf = async (id: string): Promise<string> => (await container.read(here, id))?.etag ?? 'absent';

    async function increment(id: string): Promise<void> {
      for (;;) {
        const seen = await container.read<Counter>(here, id);
        if (!seen) throw new Error(`no ${id}`);
        try {
          await write({ kind: 'replace', id, body: { value: seen.body.value + 1 }, ifMatch: seen.etag });
          return;
        } catch (error) {
          if (!isDocumentFault(error, 'PreconditionFailed', 'TooManyRequests')) throw error;
        }
      }
    }

    /** Every change since `continuation` in partitions of this test, read in small pages. */
    async function changesHere(continuation: string | undefined, limit = 50) {
      const documents: Stored[] = [];
      let at = continuation;
      for (;;) {
        const page = await container.changes(at, limit);
        expect(page.documents.length).toBeLessThanOrEqual(limit);
        at = page.continuation;
        if (page.documents.length === 0)
          return { documents: documents.filter((one) => one.partition.startsWith(here)), continuation: at };
        documents.push(...page.documents);
      }
    }

    describe('reading and writing', () => {
      it('reads back what was written, member by member', async () => {
        const body = {
          text: 'Winterreise – “Gute Nacht” 🎶',
          none: null,
          list: [1, [], {}],
          nested: { amountMinor: -4800, yes: true },
          half: 0.5,
        };
        const [etag] = await write(create('one', body));
        expect(await container.read(here, 'one')).toEqual({ partition: here, id: 'one', etag, body });
      });

      it('keeps members that are named like its own apart from them', async () => {
        const body = {
          id: 'mine',
          partition: 'mine',
          etag: 'mine',
          ttl: 'mine',
          body: { id: 7 },
          _etag: 'mine',
          _ts: 0,
        };
        await write(create('one', body));
        expect((await container.read(here, 'one'))?.body).toEqual(body);
      });

      it('answers undefined for what is not there', async () => {
        expect(await container.read(here, 'one')).toBeUndefined();
      });

      it('writes the body as it was when it was handed over', async () => {
        const body = { value: 1 };
        const writing = write(create('one', body));
        body.value = 2;
        await writing;
        expect((await container.read<Counter>(here, 'one'))?.body.value).toBe(1);
      });

      it('hands out copies: changing what was read changes nothing', async () => {
        await write(create('one', { list: ['a'] }));
        const first = await container.read<{ list: string[] }>(here, 'one');
        first?.body.list.push('b');
        expect((await container.read<{ list: string[] }>(here, 'one'))?.body.list).toEqual(['a']);
      });

      it('keeps a document of a megabyte', async () => {
        const body = { text: 'ä'.repeat(500_000) };
        await write(create('one', body));
        expect((await container.read(here, 'one'))?.body).toEqual(body);
      });

      it('takes what it was given as text, whatever it looks like', async () => {
        const id = `Müller's "50 %" +1 & 座席 ' or 1=1 --`;
        const partition = `${here}/a?b#c\\d é`;
        await container.write(partition, [create(id, { value: 1 })]);
        expect((await container.read<Counter>(partition, id))?.body.value).toBe(1);
        expect(idsOf(await container.list(partition))).toEqual([id]);
      });

      it('refuses to create what exists, and leaves it as it was', async () => {
        await write(create('one', { value: 1 }));
        expect(await reasonOf(write(create('one', { value: 2 })))).toBe('Conflict');
        expect((await container.read<Counter>(here, 'one'))?.body.value).toBe(1);
      });

      it('upserts, whether or not it exists, under a new etag each time', async () => {
        const [first] = await write({ kind: 'upsert', id: 'one', body: { value: 1 } });
        const [second] = await write({ kind: 'upsert', id: 'one', body: { value: 2 } });
        expect(second).not.toBe(first);
        expect(await container.read(here, 'one')).toEqual({
          partition: here,
          id: 'one',
          etag: second,
          body: { value: 2 },
        });
      });

      it('deletes, and then creates again under another etag', async () => {
        const [first] = await write(create('one'));
        expect(await write({ kind: 'delete', id: 'one' })).toEqual([undefined]);
        expect(await container.read(here, 'one')).toBeUndefined();
        const [second] = await write(create('one'));
        expect(second).not.toBe(first);
      });

      it('refuses to replace or delete what is not there', async () => {
        expect(await reasonOf(write({ kind: 'replace', id: 'one', body: {}, ifMatch: 'any' }))).toBe(
          'NotFound',
        );
        expect(await reasonOf(write({ kind: 'delete', id: 'one' }))).toBe('NotFound');
        expect(await reasonOf(write({ kind: 'delete', id: 'one', ifMatch: 'any' }))).toBe('NotFound');
      });
    });

    describe('the etag', () => {
      it('lets one replace and fences off whoever read before it', async () => {
        const [first = ''] = await write(create('one', { value: 1 }));
        const [second] = await write({ kind: 'replace', id: 'one', body: { value: 2 }, ifMatch: first });
        expect(
          await reasonOf(write({ kind: 'replace', id: 'one', body: { value: 3 }, ifMatch: first })),
        ).toBe('PreconditionFailed');
        expect(await container.read(here, 'one')).toEqual({
          partition: here,
          id: 'one',
          etag: second,
          body: { value: 2 },
        });
      });

      it('fences a delete', async () => {
        const [first = ''] = await write(create('one', { value: 1 }));
        const [second = ''] = await write({ kind: 'upsert', id: 'one', body: { value: 2 } });
        expect(await reasonOf(write({ kind: 'delete', id: 'one', ifMatch: first }))).toBe(
          'PreconditionFailed',
        );
        expect(await container.read(here, 'one')).toBeDefined();
        await write({ kind: 'delete', id: 'one', ifMatch: second });
        expect(await container.read(here, 'one')).toBeUndefined();
      });

      it('changes even when the body does not', async () => {
        const [first = ''] = await write(create('one', { value: 1 }));
        const [second] = await write({ kind: 'replace', id: 'one', body: { value: 1 }, ifMatch: first });
        expect(second).not.toBe(first);
      });

      it('of a document that was deleted and made anew is no longer good', async () => {
        const [first = ''] = await write(create('one', { value: 1 }));
        await write({ kind: 'delete', id: 'one' });
        await write(create('one', { value: 1 }));
        expect(await reasonOf(write({ kind: 'replace', id: 'one', body: {}, ifMatch: first }))).toBe(
          'PreconditionFailed',
        );
      });

      it('lets exactly one of many win who read the same', async () => {
        const [etag = ''] = await write(create('one', { value: 0 }));
        const writers = Array.from({ length: 20 }, (_, at) =>
          write({ kind: 'replace', id: 'one', body: { value: at + 1 }, ifMatch: etag }),
        );
        const outcomes = await Promise.allSettled(writers);
        const won = outcomes.flatMap((outcome, at) => (outcome.status === 'fulfilled' ? [at + 1] : []));
        expect(won).toHaveLength(1);
        expect((await container.read<Counter>(here, 'one'))?.body.value).toBe(won[0]);
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            expect(isDocumentFault(outcome.reason, 'PreconditionFailed')).toBe(true);
      });

      it('makes 50 increments at once end at 50, with patience', async () => {
        await write(create('one', { value: 0 }));
        await Promise.all(Array.from({ length: 50 }, () => increment('one')));
        expect((await container.read<Counter>(here, 'one'))?.body.value).toBe(50);
      });

      it('lets exactly one of many create', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 20 }, (_, at) => write(create('one', { value: at }))),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });
    });

    describe('a batch', () => {
      it('answers an etag for each operation, in order', async () => {
        const [gone = ''] = await write(create('gone'));
        const etags = await write(
          create('a'),
          { kind: 'delete', id: 'gone', ifMatch: gone },
          { kind: 'upsert', id: 'b', body: {} },
        );
        expect(etags).toEqual([await etagOf('a'), undefined, await etagOf('b')]);
      });

      it('is undone whole when one operation is refused, with the reason of that one', async () => {
        const [old = ''] = await write(create('counter', { value: 1 }), create('kept', { value: 1 }));
        const [now = ''] = await write({ kind: 'replace', id: 'counter', body: { value: 2 }, ifMatch: old });
        const batch = (last: Operation) =>
          write(
            create('new'),
            { kind: 'upsert', id: 'kept', body: { value: 9 } },
            { kind: 'replace', id: 'counter', body: { value: 9 }, ifMatch: now },
            last,
          );
        expect(await reasonOf(batch({ kind: 'replace', id: 'kept', body: {}, ifMatch: old }))).toBe(
          'PreconditionFailed',
        );
        expect(await reasonOf(batch(create('counter')))).toBe('Conflict');
        expect(await reasonOf(batch({ kind: 'delete', id: 'nowhere' }))).toBe('NotFound');
        const left = await container.list<Counter>(here);
        expect(left.map(({ id, body }) => [id, body.value])).toEqual([
          ['counter', 2],
          ['kept', 1],
        ]);
        expect(await etagOf('counter')).toBe(now);
      });

      it('that is refused does not hurt those that were sent with it', async () => {
        const batches = Array.from({ length: 30 }, (_, at) =>
          write(create(`own-${at}`), create(at % 3 === 0 ? 'shared' : `other-${at}`)),
        );
        const outcomes = await Promise.allSettled(batches);
        const written = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
        expect(written).toHaveLength(21);
        const ids = idsOf(await container.list(here, { from: 'own-', to: 'own.' }));
        expect(ids).toEqual(written.map((at) => `own-${at}`).sort());
      });

      it('sees its own earlier operations', async () => {
        expect(await reasonOf(write(create('one'), create('one')))).toBe('Conflict');
        await write(create('two'), { kind: 'delete', id: 'two' });
        expect(await container.read(here, 'two')).toBeUndefined();
      });

      it('of 100 operations is written, one of 101 or of none is refused', async () => {
        const of = (count: number) =>
          Array.from({ length: count }, (_, at) => create(`d-${String(at).padStart(3, '0')}`));
        expect(await reasonOf(write(...of(101)))).toBe('TooLarge');
        expect(await container.list(here)).toEqual([]);
        expect(await reasonOf(write())).toBe('BadRequest');
        expect(await write(...of(100))).toHaveLength(100);
        expect(await container.list(here)).toHaveLength(100);
      });

      it('of more than 2 MB is refused, counted in bytes and over all operations', async () => {
        const half = { text: 'é'.repeat(540_000) };
        expect(await reasonOf(write(create('a', half), create('b', half)))).toBe('TooLarge');
        expect(await reasonOf(write(create('a', { text: 'x'.repeat(2_200_000) })))).toBe('TooLarge');
        expect(await container.list(here)).toEqual([]);
      });

      it('with an id that no store would take is refused', async () => {
        for (const id of ['', 'a/b', 'a\\b', 'a?b', 'a#b', 'x'.repeat(256)])
          expect([id, await reasonOf(write(create('fine'), create(id)))]).toEqual([id, 'BadRequest']);
        expect(await container.list(here)).toEqual([]);
        await write(create('x'.repeat(255)));
      });
    });

    describe('partitions', () => {
      it('know nothing of each other', async () => {
        const there = `${here}-2`;
        await write(create('one', { value: 1 }));
        expect(await container.read(there, 'one')).toBeUndefined();
        expect(await container.list(there)).toEqual([]);
        expect(await reasonOf(container.write(there, [{ kind: 'delete', id: 'one' }]))).toBe('NotFound');
        await container.write(there, [create('one', { value: 2 })]);
        expect((await container.read<Counter>(here, 'one'))?.body.value).toBe(1);
      });

      it('are those of one container', async () => {
        await write(create('one'));
        expect(await store.container(contractContainers.lasting).read(here, 'one')).toBeUndefined();
      });
    });

    describe('a list', () => {
      const ids = ['B', 'a', 'a-1', 'a-10', 'a-2', 'a.1', 'b', 'é'];

      it('is by ascending id in code-unit order', async () => {
        for (const id of [...ids].reverse()) await write(create(id));
        expect(idsOf(await container.list(here))).toEqual(ids);
      });

      it('begins with `from` and ends before `to`', async () => {
        await write(...ids.map((id) => create(id)));
        expect(idsOf(await container.list(here, { from: 'a-1', to: 'a.1' }))).toEqual(['a-1', 'a-10', 'a-2']);
        expect(idsOf(await container.list(here, { from: 'b' }))).toEqual(['b', 'é']);
        expect(idsOf(await container.list(here, { to: 'a-1' }))).toEqual(['B', 'a']);
        expect(idsOf(await container.list(here, { from: 'c', to: 'd' }))).toEqual([]);
      });

      it('gives at most what was asked for, and 100 when nothing was', async () => {
        const id = (at: number) => `d-${String(at).padStart(3, '0')}`;
        await write(...Array.from({ length: 100 }, (_, at) => create(id(at))));
        await write(...Array.from({ length: 20 }, (_, at) => create(id(100 + at))));
        expect(await container.list(here)).toHaveLength(100);
        expect(await container.list(here, { limit: 120 })).toHaveLength(120);
        expect(idsOf(await container.list(here, { from: id(3), limit: 2 }))).toEqual([id(3), id(4)]);
      });

      it('gives bodies and etags as reading does', async () => {
        await write(create('one', { value: 1 }));
        expect(await container.list(here)).toEqual([await container.read(here, 'one')]);
      });
    });

    describe('a time to live', () => {
      it('ends a document: it is gone from read and list, and may be created again', async () => {
        await write(create('brief', { value: 1 }, 2), create('lasting'));
        expect(idsOf(await container.list(here))).toEqual(['brief', 'lasting']);
        await store.advance(3100);
        expect(await container.read(here, 'brief')).toBeUndefined();
        expect(idsOf(await container.list(here, { limit: 1 }))).toEqual(['lasting']);
        expect(await reasonOf(write({ kind: 'delete', id: 'brief' }))).toBe('NotFound');
        await write(create('brief', { value: 2 }));
        expect((await container.read<Counter>(here, 'brief'))?.body.value).toBe(2);
      });

      it('counts from the last write, and a write without one ends it', async () => {
        const [a = '', b = ''] = await write(create('prolonged', {}, 2), create('kept', {}, 2));
        await write(
          { kind: 'replace', id: 'prolonged', body: {}, ifMatch: a, ttl: 600 },
          { kind: 'replace', id: 'kept', body: {}, ifMatch: b },
        );
        await store.advance(3100);
        expect(idsOf(await container.list(here))).toEqual(['kept', 'prolonged']);
      });

      it('leaves no etag behind that would still be good', async () => {
        const [etag = ''] = await write(create('brief', {}, 2));
        await store.advance(3100);
        expect(await reasonOf(write({ kind: 'replace', id: 'brief', body: {}, ifMatch: etag }))).toBe(
          'NotFound',
        );
      });

      it('is refused where the container was not declared with it', async () => {
        const lasting = store.container(contractContainers.lasting);
        expect(await reasonOf(lasting.write(here, [create('brief', {}, 2)]))).toBe('BadRequest');
        expect(await lasting.read(here, 'brief')).toBeUndefined();
      });
    });

    describe('changes', () => {
      it('show the latest version of each document once, oldest change first within a partition', async () => {
        const { continuation } = await changesHere(undefined);
        await write(create('a', { value: 1 }), create('b', { value: 1 }));
        await write(create('c', { value: 1 }));
        await write({ kind: 'upsert', id: 'a', body: { value: 2 } });
        const { documents } = await changesHere(continuation);
        expect(documents).toEqual([
          await container.read(here, 'b'),
          await container.read(here, 'c'),
          await container.read(here, 'a'),
        ]);
      });

      it('go on where they were left, and an empty page means that there is nothing new yet', async () => {
        const before = await changesHere(undefined);
        await write(create('a'));
        const first = await changesHere(before.continuation);
        expect(idsOf(first.documents)).toEqual(['a']);
        expect((await changesHere(first.continuation)).documents).toEqual([]);
        await write(create('b'));
        expect(idsOf((await changesHere(first.continuation)).documents)).toEqual(['b']);
        expect(idsOf((await changesHere(before.continuation)).documents)).toEqual(['a', 'b']);
      });

      it('come from all partitions, in pages no larger than asked for', async () => {
        const { continuation } = await changesHere(undefined);
        const partitions = Array.from({ length: 7 }, (_, at) => `${here}-${at}`);
        for (const partition of partitions) await container.write(partition, [create('a'), create('b')]);
        const { documents } = await changesHere(continuation, 3);
        const seen = documents.map(({ partition, id }) => `${partition} ${id}`);
        expect([...seen].sort()).toEqual(
          partitions.flatMap((partition) => [`${partition} a`, `${partition} b`]),
        );
        for (const partition of partitions)
          expect(seen.indexOf(`${partition} a`)).toBeLessThan(seen.indexOf(`${partition} b`));
      });

      it('do not show what was deleted', async () => {
        const { continuation } = await changesHere(undefined);
        await write(create('a'), create('b'));
        await write({ kind: 'delete', id: 'a' });
        expect(idsOf((await changesHere(continuation)).documents)).toEqual(['b']);
      });

      it('since the beginning hold everything that is there', async () => {
        await write(create('a'), create('b'));
        expect(idsOf((await changesHere(undefined)).documents)).toEqual(['a', 'b']);
      });

      it('miss nothing that is written while they are read', async () => {
        let { continuation } = await changesHere(undefined);
        const state = { written: false };
        const writes = Array.from({ length: 60 }, (_, at) =>
          container.write(`${here}-${at % 5}`, [create(`d-${at}`)]),
        );
        void Promise.all(writes).then(() => (state.written = true));
        const seen = new Set<string>();
        for (;;) {
          await setImmediate(); // a platform may answer a read before anything else happens
          const finished = state.written;
          const page = await container.changes(continuation, 7);
          continuation = page.continuation;
          for (const one of page.documents) if (one.partition.startsWith(here)) seen.add(one.id);
          if (finished && page.documents.length === 0) break;
        }
        expect(seen.size).toBe(60);
      });
    });
  });
}
