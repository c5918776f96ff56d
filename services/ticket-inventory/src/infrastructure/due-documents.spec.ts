import { beforeEach, describe, expect, it } from '@jest/globals';
import { after, instant } from '@boxoffice/shared/kernel';
import { MemoryContainer } from '../../test/memory-container';
import { eventId, noon, SetClock } from '../../test/season';
import { DueDocuments } from './due-documents';

let container: MemoryContainer;
let clock: SetClock;
let due: DueDocuments;
const inQuarterHour = after(noon, { minutes: 15, seconds: 20 });
const events = async (minutes: number) =>
  (await due.fallenDue(after(noon, { minutes }), 10)).map((note) => note.eventId);

beforeEach(() => {
  container = new MemoryContainer('due');
  clock = new SetClock();
  due = new DueDocuments(container, clock);
});

describe('a note of what falls due', () => {
  it('comes up once its minute is over', async () => {
    await due.note(eventId, inQuarterHour);
    expect(await events(15)).toEqual([]);
    expect(await events(16)).toEqual([eventId]);
  });

  it('is written once for a minute that lies ahead, however many holds expire in it', async () => {
    for (let second = 0; second < 60; second++)
      await due.note(eventId, after(inQuarterHour, { seconds: second - 20 }));
    expect(container.writes).toBe(1);
    await due.note(eventId, after(inQuarterHour, { minutes: 1 }));
    expect(container.writes).toBe(2);
  });

  it('is struck out once done with, which may be repeated', async () => {
    await due.note(eventId, inQuarterHour);
    const [note] = await due.fallenDue(instant('2027-01-06T00:00:00Z'), 10);
    await due.strike(note!);
    await due.strike(note!);
    expect(await events(60)).toEqual([]);
  });

  it('stays when it is noted again during the sweep, as that may be about a hold that the sweep did not see', async () => {
    await due.note(eventId, inQuarterHour);
    clock.pass(16);
    const [note] = await due.fallenDue(clock.now(), 10);
    await due.note(eventId, inQuarterHour);
    await due.strike(note!);
    expect(await events(16)).toEqual([eventId]);
  });
});
