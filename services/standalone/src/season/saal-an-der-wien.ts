import type { SeatsToEnter } from '../import/enter-event';

const front = ['A', 'B', 'C'];
const stalls = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'];
/** Two pillars stand in row H, and there is no step up to row K. */
const stallsWith: Readonly<Record<string, object>> = {
  H: { gaps: [1, 16], restrictedView: [2, 15] },
  K: { accessible: [1, 2, 15, 16] },
};

/** A hall for chamber music: 198 seats, sold as three ticket types. */
export const saalAnDerWien: SeatsToEnter = {
  map: {
    name: 'Chamber music',
    sections: [
      {
        name: 'Parkett',
        rows: [
          ...front.map((name) => ({ name, first: 1, last: 14 })),
          ...stalls.map((name) => ({ name, first: 1, last: 16, ...stallsWith[name] })),
        ],
      },
      {
        name: 'Galerie',
        rows: ['1', '2'].map((name) => ({ name, first: 1, last: 15, restrictedView: [1, 15] })),
      },
    ],
  },
  sold: [
    { section: 'Parkett', rows: front, ticketType: 'Front rows' },
    { section: 'Parkett', rows: stalls, ticketType: 'Stalls' },
    { section: 'Galerie', ticketType: 'Gallery' },
  ],
};
