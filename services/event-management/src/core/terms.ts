import type { FeeTerms, Question, SaleTerms } from '@boxoffice/shared/contracts';
import type { Ids } from '@boxoffice/shared/kernel';
import type { Reason } from './refusals';

/** At what terms an event's tickets are sold, as others are told of them; discounts stand apart. */
export type Terms = Omit<SaleTerms, 'discounts'>;

/** As the organiser writes them: a fee or question without an id is a new one. */
export type TermsDetails = Omit<Terms, 'fees' | 'questions'> & {
  readonly fees: readonly FeeDetails[];
  readonly questions: readonly QuestionDetails[];
};
export type FeeDetails = Omit<FeeTerms, 'feeId'> & { readonly feeId?: string };
export type QuestionDetails = Omit<Question, 'questionId' | 'answer'> & {
  readonly questionId?: string;
  readonly answer: AnswerDetails;
};
/** Which members it may have is by what it is. */
export interface AnswerDetails {
  readonly is: Question['answer']['is'];
  readonly maxLength?: number;
  readonly choices?: readonly string[];
}

export const mostFees = 10;
export const mostQuestions = 30;
/** Characters of an answer in words, where the organiser sets no limit. */
const usualLength = 500;

export const termsOf = ({ fees, questions, ...rest }: TermsDetails, ids: Ids): Terms => ({
  ...rest,
  ...(fees.length > 0 && { fees: fees.map((fee) => ({ ...fee, feeId: fee.feeId ?? ids.next() })) }),
  ...(questions.length > 0 && {
    questions: questions.map(({ questionId = ids.next(), answer, ...question }) => ({
      ...question,
      questionId,
      answer: answerOf(answer),
    })),
  }),
});

function answerOf({ is, maxLength = usualLength, choices = [] }: AnswerDetails): Question['answer'] {
  return is === 'text' ? { is, maxLength } : is === 'choice' ? { is, choices } : { is };
}

/** What is wrong with terms that are to follow on `before`, all of it. */
export const faultsOfTerms = (
  { fees, questions }: TermsDetails,
  before: Terms,
  ticketTypes: readonly { readonly ticketTypeId: string }[],
): readonly Reason[] => [
  ...idFaults('fees', 'feeId', fees, before.fees ?? []),
  ...fees.flatMap((fee, i) => feeFaults(fee, fees.slice(0, i), `fees[${i}]`)),
  ...idFaults('questions', 'questionId', questions, before.questions ?? []),
  ...questions.flatMap((question, i) => [
    ...answerFaults(question.answer, `questions[${i}].answer`),
    ...askedFaults(question, questions.slice(0, i), `questions[${i}]`),
    ...faultsOfTicketTypeIds(question.ticketTypeIds, ticketTypes, `questions[${i}].ticketTypeIds`),
  ]),
];

/** What has an id is one of those that were there, and stands there once. */
const idFaults = <Key extends string>(
  list: string,
  key: Key,
  written: readonly { readonly [K in Key]?: string }[],
  before: readonly { readonly [K in Key]: string }[],
): readonly Reason[] =>
  written.flatMap((one, i) => {
    const id = one[key];
    const field = `${list}[${i}].${key}`;
    if (id === undefined) return [];
    if (!before.some((other) => other[key] === id))
      return [
        { field, code: 'unknown-id', message: 'there is none with this id; a new one is given its id' },
      ];
    return written.findIndex((other) => other[key] === id) < i
      ? [{ field, code: 'id-twice', message: 'the same id is given twice' }]
      : [];
  });

function feeFaults(
  { name, fixedMinor, basisPoints }: FeeDetails,
  before: readonly FeeDetails[],
  at: string,
): readonly Reason[] {
  const faults: Reason[] = [];
  if (before.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    faults.push({ field: `${at}.name`, code: 'name-taken', message: 'another fee has this name' });
  if (fixedMinor === 0 && basisPoints === 0)
    faults.push({
      field: at,
      code: 'fee-of-nothing',
      message: 'a fee has an amount: fixedMinor, basisPoints, or both',
    });
  return faults;
}

function answerFaults({ is, maxLength, choices }: AnswerDetails, at: string): readonly Reason[] {
  const faults: Reason[] = [];
  if (maxLength !== undefined && is !== 'text')
    faults.push({
      field: `${at}.maxLength`,
      code: 'not-of-this-answer',
      message: 'only an answer in words has a length',
    });
  if ((choices !== undefined) !== (is === 'choice'))
    faults.push({
      field: `${at}.choices`,
      code: is === 'choice' ? 'choices-missing' : 'not-of-this-answer',
      message: 'a choice has choices, and no other answer has',
    });
  if (choices && new Set(choices).size < choices.length)
    faults.push({ field: `${at}.choices`, code: 'choice-twice', message: 'the same choice is given twice' });
  return faults;
}

function askedFaults(
  { ask, of, ticketTypeIds }: QuestionDetails,
  before: readonly QuestionDetails[],
  at: string,
): readonly Reason[] {
  const faults: Reason[] = [];
  if (before.some((other) => other.ask === ask && other.of === of))
    faults.push({ field: `${at}.ask`, code: 'asked-twice', message: 'this is asked already' });
  if (ticketTypeIds && of === 'buyer')
    faults.push({
      field: `${at}.ticketTypeIds`,
      code: 'not-of-attendees',
      message: 'the buyer is asked once, whichever ticket types they take',
    });
  return faults;
}

/** What is wrong with a list of ticket types of the event. */
export const faultsOfTicketTypeIds = (
  ids: readonly string[] | undefined,
  ticketTypes: readonly { readonly ticketTypeId: string }[],
  at: string,
): readonly Reason[] =>
  (ids ?? []).flatMap((id, i) => {
    const field = `${at}[${i}]`;
    if (!ticketTypes.some(({ ticketTypeId }) => ticketTypeId === id))
      return [{ field, code: 'unknown-ticket-type', message: 'this event has no such ticket type' }];
    return ids?.indexOf(id) === i
      ? []
      : [{ field, code: 'ticket-type-twice', message: 'the same ticket type is given twice' }];
  });
