import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { orderSaga, type Effect, type Move, type OrderMessage, type OrderState } from './order-saga';

const states = Object.keys(orderSaga) as OrderState[];
const messages = Object.keys(orderSaga.placed) as OrderMessage[];
const cells = states.flatMap((state) =>
  messages.map((message) => ({ state, message, cell: orderSaga[state][message] })),
);
const moves = cells.flatMap(({ state, message, cell }) =>
  'state' in cell ? [{ from: state, message, ...cell }] : [],
);

/** The table as README.md shows it. */
function sagaAsText(): string {
  const cell = (found: (typeof cells)[number]['cell'], state: OrderState): string => {
    if ('contradiction' in found) return '✗';
    const target = found.state === state ? '' : `**${found.state}**`;
    return [target, ...found.effects].filter((part) => part !== '').join(', ') || '·';
  };
  const row = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  return [
    row(['hears', ...states]),
    row(['---', ...states.map(() => '---')]),
    ...messages.map((message) =>
      row([message, ...states.map((state) => cell(orderSaga[state][message], state))]),
    ),
  ].join('\n');
}

describe('the saga of an order', () => {
  it('has decided on every message in every state', () => {
    expect(states).toHaveLength(8);
    expect(messages).toHaveLength(15);
    for (const { cell } of cells) expect('state' in cell || cell.contradiction.length > 10).toBe(true);
    expect(cells).toHaveLength(120);
  });

  it('stands in README.md as it is', () => {
    const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
    // Prettier pads the columns of a table; what the cells say is what counts.
    const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
    expect(plain(readme)).toContain(plain(sagaAsText()));
  });

  it('lets no captured money go astray: it buys, or it goes back', () => {
    for (const move of moves.filter(({ message }) => message.startsWith('captured'))) {
      expect(move.effects).toContain('post-capture');
      const answers = move.effects.filter(
        (effect) => effect === 'announce-captured' || effect.startsWith('refund-'),
      );
      expect(answers).toHaveLength(1);
    }
    for (const state of states) expect(orderSaga[state].captured).toHaveProperty('state');
  });

  it('asks for a refund only with money in hand, and never on hearing the same twice', () => {
    for (const { from, message, state, effects } of moves) {
      if (!effects.some((effect) => effect.startsWith('refund-'))) continue;
      if (!message.startsWith('captured'))
        expect([from, message, state]).toEqual(['paid', 'hold-refused', 'refunding']);
    }
  });

  it('posts what it announces, and announces what it posts, when money goes back', () => {
    for (const { effects } of moves)
      expect(effects.includes('announce-refunded')).toBe(effects.includes('post-refund'));
  });

  it('leaves an end only for money, or because the buyer says so: nothing else happens to an order that is over', () => {
    const ends: readonly OrderState[] = ['refunded', 'cancelled'];
    for (const { from, state } of moves) if (ends.includes(from)) expect(state).toBe(from);
    for (const { from, message, state } of moves) {
      if (from === 'expired' && state !== from) expect(message).toMatch(/^(captured|given-up)/);
      if (['fulfilled', 'partly-refunded'].includes(from) && state !== from)
        expect(['part-refunded', 'refund-succeeded', 'called-off']).toContain(message);
    }
  });

  it('gives back what its price rests on where it ends without tickets, and takes that again before it is paid late', () => {
    for (const { from, message, state, effects } of moves) {
      const ends = state !== from && ['expired', 'cancelled', 'refunding'].includes(state);
      // What expired has given it back before; who had tickets has made use of a discount, and gets the money back alone.
      const withoutTickets = ends && from !== 'expired' ? ['return-uses', 'return-gift-cards'] : [];
      const afterTickets = state === 'refunded' && ['fulfilled', 'partly-refunded'].includes(from);
      const due = afterTickets ? ['return-gift-cards'] : withoutTickets;
      const found = effects.filter((effect) => effect.startsWith('return-'));
      expect([from, message, found]).toEqual([from, message, due]);
    }
  });

  it('lets what was paid for be refunded, and nothing else', () => {
    for (const state of states) {
      const asked = orderSaga[state]['refund-asked'];
      const may = ['paid', 'fulfilled', 'partly-refunded', 'refunding'].includes(state);
      expect([state, 'effects' in asked && asked.effects.includes('request-refund')]).toEqual([state, may]);
    }
  });

  it('undoes in the ledger what failed, wherever a refund can be under way', () => {
    for (const { message, effects } of moves)
      expect(effects.includes('post-refund-failed')).toBe(message === 'refund-failed');
    for (const state of states) {
      const heard = (message: OrderMessage): boolean => 'state' in orderSaga[state][message];
      if (heard('refund-succeeded') || heard('surplus-refunded')) expect(heard('refund-failed')).toBe(true);
    }
  });

  it('reaches an end from wherever it waits', () => {
    const next = (state: OrderState): OrderState[] =>
      moves.filter(({ from }) => from === state).map((move) => move.state);
    for (const state of states) {
      const reached = new Set([state]);
      for (const one of reached) for (const other of next(one)) reached.add(other);
      expect(
        [...reached].some((one) => ['fulfilled', 'refunded', 'cancelled', 'expired'].includes(one)),
      ).toBe(true);
    }
  });

  it('answers a repeat of what brought it where it is with nothing', () => {
    const repeats: readonly [OrderState, OrderMessage][] = [
      ['fulfilled', 'tickets-issued'],
      ['refunding', 'hold-refused'],
      ['refunded', 'hold-refused'],
      ['refunded', 'refund-succeeded'],
      ['cancelled', 'free-hold-refused'],
      ['paid', 'nothing-to-pay'],
    ];
    const none: readonly Effect[] = [];
    for (const [state, message] of repeats)
      expect(orderSaga[state][message]).toEqual({ state, effects: none } satisfies Move);
  });
});
