import 'reflect-metadata';
import path from 'node:path';
import { batchLimits, type Operation, type Stored } from '@boxoffice/shared/documents';
import { ulids } from '@boxoffice/shared/kernel';
import { embeddedPlatform, machineChance, machineClock } from '@boxoffice/shared/platform/embedded';
import { compose } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';
import { DocumentFile } from '../../../../shared/src/platform/embedded/documents';
import { untold } from '../../../../shared/test/untold';

/** An event with all that was sold of it, copied as often as that: other events, other buyers, other orders, the same in all else. */
export interface Multiplication {
  readonly dataDir: string;
  readonly eventId: string;
  readonly buyers: readonly string[];
  readonly copies: number;
  /** How many buyers there are in all. */
  readonly people: number;
}
/** The events that were made, and how many documents. */
export interface Multiplied {
  readonly eventIds: readonly string[];
  readonly documents: number;
}

const atOnce = 50;

/** Documents are copied as text, so this need know nothing of what is in them. */
async function main(plan: Multiplication): Promise<void> {
  const platform = embeddedPlatform({ dataDir: plan.dataDir, telemetry: untold });
  const { containers, feeds } = compose(platform, readInventorySettings({}));
  await platform.close();
  const file = new DocumentFile(path.join(plan.dataDir, 'ticket-inventory.documents.db'), machineClock);
  // What falls due soon is of the template alone.
  const kept = containers.filter(({ name }) => name !== 'due').map((spec) => file.container(spec));
  const originals = await Promise.all(kept.map((container) => documentsOf(container, plan.eventId)));
  const text = JSON.stringify(originals);
  const ids = ulids(machineClock, machineChance);
  const own = new RegExp([plan.eventId, ...plan.buyers].join('|'), 'g');
  const orders = new Set(text.match(/(?<=order~)[0-9a-z]{26}/g));
  const order = new RegExp([...orders].join('|'), 'g');
  const people = Array.from({ length: plan.people }, () => crypto.randomUUID());

  // An etag is a document's place among all changes of the file.
  let last = 0;
  const copyOne = async (): Promise<string> => {
    const eventId = ids.next();
    const others = new Map([[plan.eventId, eventId]]);
    for (const buyer of plan.buyers)
      others.set(buyer, people[Math.floor(Math.random() * people.length)] ?? buyer);
    for (const orderId of orders) others.set(orderId, ids.next());
    const other = (id: string): string => others.get(id) ?? id;
    const copies = JSON.parse(text.replace(own, other).replace(order, other)) as Stored[][];
    const etags = await Promise.all(
      kept.flatMap((container, i) =>
        batchesOf(copies[i] ?? []).map(([partition, batch]) => container.write(partition, batch)),
      ),
    );
    last = Math.max(last, ...etags.flat().map(Number));
    return eventId;
  };
  const eventIds: string[] = [];
  while (eventIds.length < plan.copies) {
    const some = Math.min(atOnce, plan.copies - eventIds.length);
    eventIds.push(...(await Promise.all(Array.from({ length: some }, copyOne))));
    if (eventIds.length % 2000 === 0) console.error(`… ${eventIds.length} events`);
  }
  // They are old: nobody is told of them again.
  for (const { name } of feeds) await file.saveCheckpoint(name, String(last));
  file.close();
  const told: Multiplied = { eventIds, documents: originals.flat().length * plan.copies };
  process.send?.(told);
}

async function documentsOf(
  container: ReturnType<DocumentFile['container']>,
  eventId: string,
): Promise<readonly Stored[]> {
  const { documents } = await container.changes(undefined, 1_000_000);
  return documents.filter(({ partition, id }) => partition === eventId || id.includes(eventId));
}

function batchesOf(documents: readonly Stored[]): [partition: string, Operation[]][] {
  const byPartition = Map.groupBy(documents, ({ partition }) => partition);
  return [...byPartition].flatMap(([partition, own]) => {
    const operations = own.map(({ id, body }): Operation => ({ kind: 'create', id, body }));
    return Array.from(
      { length: Math.ceil(operations.length / batchLimits.operations) },
      (_, i): [string, Operation[]] => [
        partition,
        operations.slice(i * batchLimits.operations, (i + 1) * batchLimits.operations),
      ],
    );
  });
}

void main(JSON.parse(process.argv[2] ?? '') as Multiplication);
