import { expect, it } from '@jest/globals';
import { seatInWords } from './seat';

it.each([
  ['Parkett/A/12', 'Parkett, row A, seat 12'],
  ['Balkon links/3/7', 'Balkon links, row 3, seat 7'],
])('says %s as an usher would', (seat, words) => {
  expect(seatInWords(seat)).toBe(words);
});

it.each(['Parkett', 'Parkett/A', 'Parkett/A/12/b'])('leaves %s as it is, since it is no seat', (seat) => {
  expect(seatInWords(seat)).toBe(seat);
});
