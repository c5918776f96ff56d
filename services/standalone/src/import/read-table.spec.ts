import { describe, expect, it } from '@jest/globals';
import { readTable } from './read-table';

const heading =
  'title,description,category,venue,street,city,country,time_zone,starts_at,ends_at,currency,tickets';
const good =
  'Fado,Songs,Concerts,Casa,Rua 1,Lisboa,PT,Europe/Lisbon,2027-03-01 21:00,2027-03-01 22:30,EUR,Table:32.00:70|Bar: stool:21:30';
const read = (...lines: string[]) => readTable([heading, ...lines].join('\r\n'));

describe('a table of events', () => {
  it('is read on the clock of the venue, with prices in minor units', () => {
    expect(read(good)).toEqual([
      {
        event: {
          where: 'line 2',
          title: 'Fado',
          description: 'Songs',
          category: 'Concerts',
          venue: { name: 'Casa', street: 'Rua 1', city: 'Lisboa', country: 'PT' },
          timeZone: 'Europe/Lisbon',
          startsAt: '2027-03-01T21:00:00.000Z',
          endsAt: '2027-03-01T22:30:00.000Z',
          currency: 'EUR',
          ticketTypes: [
            { name: 'Table', priceMinor: 3200, capacity: 70 },
            { name: 'Bar: stool', priceMinor: 2100, capacity: 30 },
          ],
        },
      },
    ]);
  });

  it('counts prices in the digits of their currency', () => {
    const [yen, dinar, cents] = read(
      good.replace('EUR,Table:32.00:70|Bar: stool:21:30', 'JPY,Seat:3300:5'),
      good.replace('EUR,Table:32.00:70|Bar: stool:21:30', 'KWD,Seat:8.25:5'),
      good.replace('EUR,Table:32.00:70|Bar: stool:21:30', 'JPY,Seat:33.50:5'),
    );
    expect(yen).toMatchObject({ event: { ticketTypes: [{ priceMinor: 3300 }] } });
    expect(dinar).toMatchObject({ event: { ticketTypes: [{ priceMinor: 8250 }] } });
    expect(cents).toMatchObject({ refused: { reasons: ['price of Seat is no amount in JPY: 33.50'] } });
  });

  it('takes semicolons, a byte order mark, quotes and line breaks within cells', () => {
    const [entry] = readTable(
      `\uFEFF${heading.replaceAll(',', ';')}\n${good.replaceAll(',', ';').replace('Songs', '"Songs;\n""and"" salt"')}\n`,
    );
    expect(entry).toMatchObject({ event: { title: 'Fado', description: 'Songs;\n"and" salt' } });
  });

  it('leaves formulas the text that they are', () => {
    expect(read(good.replace('Fado', '=1+1'))[0]).toMatchObject({ event: { title: '=1+1' } });
  });

  it('refuses a line with every reason, and takes its neighbours', () => {
    const bad = ',,,Casa,,Lisboa,Portugal,Mars/Base,2027-03-01 21:00,yesterday,EURO,Table:free:many';
    const [first, second, third] = read(good, bad, good);
    expect(first).toHaveProperty('event');
    expect(third).toMatchObject({ event: { where: 'line 4' } });
    expect(second).toEqual({
      refused: {
        where: 'line 3',
        title: '',
        reasons: [
          'title is empty',
          'street is empty',
          'time_zone is no IANA zone: Mars/Base',
          'currency is no ISO 4217 code: EURO',
          'country is no ISO 3166-1 code of two letters: Portugal',
          'price of Table is no amount: free',
          'capacity of Table is no whole number from 1 to 9999999: many',
        ],
      },
    });
  });

  it('refuses times that are none, or that end before they start', () => {
    expect(read(good.replace('2027-03-01 22:30', '2027-02-30 22:30'))[0]).toMatchObject({
      refused: { reasons: ['ends_at is no date and time like 2027-03-01 19:30: 2027-02-30 22:30'] },
    });
    expect(read(good.replace('2027-03-01 22:30', '2027-03-01 20:00'))[0]).toMatchObject({
      refused: { reasons: ['ends_at is not after starts_at'] },
    });
  });

  it('refuses a line with too few cells', () => {
    expect(read('Fado,Songs')[0]).toMatchObject({
      refused: { where: 'line 2', reasons: ['has 2 cells, the first line has 12'] },
    });
  });

  it('reads nothing from a file whose columns it does not know', () => {
    expect(() => readTable('title,when\nFado,soon')).toThrow(
      /columns are missing: venue, .*columns are unknown: when/,
    );
  });
});
