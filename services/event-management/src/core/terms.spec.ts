import { describe, expect, it } from '@jest/globals';
import { faultsOfTerms, termsOf, type FeeDetails, type QuestionDetails, type Terms } from './terms';

const fee = (name: string, change: Partial<FeeDetails> = {}): FeeDetails => ({
  ...{ name, per: 'order', fixedMinor: 150, basisPoints: 0 },
  ...change,
});
const question = (ask: string, change: Partial<QuestionDetails> = {}): QuestionDetails => ({
  ...{ ask, of: 'attendee', answer: { is: 'yes-no' }, required: false },
  ...change,
});
const before: Terms = {
  fees: [{ feeId: 'booking', name: 'Booking fee', per: 'order', fixedMinor: 100, basisPoints: 0 }],
  questions: [{ questionId: 'diet', ask: 'Diet?', of: 'attendee', answer: { is: 'yes-no' }, required: true }],
};
const faults = (fees: readonly FeeDetails[], questions: readonly QuestionDetails[] = []) =>
  faultsOfTerms({ fees, questions }, before, [{ ticketTypeId: 'seat' }]).map(
    ({ field, code }) => `${field} ${code}`,
  );

describe('the fees of an event', () => {
  it('have names of their own, and ask for something', () => {
    expect(faults([fee('Booking'), fee('Posting', { fixedMinor: 0, basisPoints: 250 })])).toEqual([]);
    expect(faults([fee('Booking'), fee('BOOKING', { fixedMinor: 0 })])).toEqual([
      'fees[1].name name-taken',
      'fees[1] fee-of-nothing',
    ]);
  });

  it('keep the ids that they have, and nobody makes one up', () => {
    expect(faults([fee('Renamed', { feeId: 'booking' })])).toEqual([]);
    const [first, second] = [fee('One', { feeId: 'booking' }), fee('Two', { feeId: 'booking' })];
    expect(faults([first, second, fee('Three', { feeId: 'invented' })])).toEqual([
      'fees[1].feeId id-twice',
      'fees[2].feeId unknown-id',
    ]);
  });
});

describe('the questions of an event', () => {
  it('have an answer of one kind', () => {
    const answers = [
      { is: 'text' },
      { is: 'text', maxLength: 20 },
      { is: 'choice', choices: ['S', 'M'] },
      { is: 'choice' },
      { is: 'choice', choices: ['S', 'S'] },
      { is: 'yes-no', maxLength: 3, choices: ['yes', 'no'] },
    ] as const;
    expect(
      faults(
        [],
        answers.map((answer, i) => question(`Number ${i}?`, { answer })),
      ),
    ).toEqual([
      'questions[3].answer.choices choices-missing',
      'questions[4].answer.choices choice-twice',
      'questions[5].answer.maxLength not-of-this-answer',
      'questions[5].answer.choices not-of-this-answer',
    ]);
  });

  it('are asked once, of attendees with ticket types that there are', () => {
    const ticketTypeIds = ['seat', 'nothing', 'seat'];
    const written = [
      question('Diet?', { questionId: 'diet', ticketTypeIds }),
      question('Diet?'),
      question('Diet?', { of: 'buyer', ticketTypeIds: ['seat'] }),
      question('Allergies?', { questionId: 'invented' }),
    ];
    expect(faults([], written)).toEqual([
      'questions[3].questionId unknown-id',
      'questions[0].ticketTypeIds[1] unknown-ticket-type',
      'questions[0].ticketTypeIds[2] ticket-type-twice',
      'questions[1].ask asked-twice',
      'questions[2].ticketTypeIds not-of-attendees',
    ]);
  });
});

it('what is new gets an id, what is not keeps its own, and an answer in words its usual length', () => {
  let made = 0;
  const ids = { next: () => `id-${++made}` };
  const details = {
    fees: [fee('Booking', { feeId: 'booking' }), fee('Posting')],
    questions: [question('Anything else?', { answer: { is: 'text' } })],
  };
  expect(termsOf(details, ids)).toMatchObject({
    fees: [{ feeId: 'booking' }, { feeId: 'id-1' }],
    questions: [{ questionId: 'id-2', answer: { is: 'text', maxLength: 500 } }],
  });
  expect(termsOf({ fees: [], questions: [] }, ids)).toEqual({});
});
