import type { Question } from '@boxoffice/shared/contracts';
import type { PurchaseFault } from './faults';

/** What the buyer and the attendees were asked and said. Personal data: it is kept with the order, and goes when the buyer's name goes. */
export interface Answers {
  readonly buyer: readonly Answer[];
  readonly attendees: readonly Attendee[];
}

export interface Answer {
  readonly questionId: string;
  /** `yes` or `no`, one of the choices, or text. */
  readonly answer: string;
}

/** Who comes with one of the tickets of that type. */
export interface Attendee {
  readonly ticketTypeId: string;
  readonly name?: string;
  readonly email?: string;
  readonly answers: readonly Answer[];
}

type Held = readonly { readonly ticketTypeId: string; readonly quantity: number }[];

/** All that is wrong with the answers, given what was asked. */
export function answerFaults(
  questions: readonly Question[],
  held: Held,
  { buyer, attendees }: Answers,
): readonly PurchaseFault[] {
  const asked = (of: Question['of'], ticketTypeIds: readonly string[]): readonly Question[] =>
    questions.filter(
      (question) =>
        question.of === of && (question.ticketTypeIds?.some((one) => ticketTypeIds.includes(one)) ?? true),
    );
  const heldTypes = held.map(({ ticketTypeId }) => ticketTypeId);
  return [
    ...faultsOf('answers', asked('buyer', heldTypes), buyer),
    ...attendees.flatMap(({ ticketTypeId, answers }, at) =>
      faultsOf(`attendees[${at}].answers`, asked('attendee', [ticketTypeId]), answers),
    ),
    ...headCount(held, attendees, (type) => asked('attendee', [type]).some(({ required }) => required)),
  ];
}

function faultsOf(
  field: string,
  questions: readonly Question[],
  answers: readonly Answer[],
): readonly PurchaseFault[] {
  const given = answers.flatMap(({ questionId, answer }, at): PurchaseFault[] => {
    const question = questions.find((one) => one.questionId === questionId);
    if (!question)
      return [{ field: `${field}[${at}].questionId`, code: 'notAsked', message: 'this is not asked here' }];
    if (answers.findIndex((one) => one.questionId === questionId) !== at)
      return [{ field: `${field}[${at}].questionId`, code: 'twice', message: 'this is answered twice' }];
    const why = unfit(question, answer);
    return why === undefined
      ? []
      : [{ field: `${field}[${at}].answer`, code: 'unfit', message: `“${question.ask}” ${why}` }];
  });
  const missing = questions.filter(
    ({ questionId, required }) =>
      required && !answers.some((one) => one.questionId === questionId && one.answer !== ''),
  );
  return [
    ...given,
    ...missing.map(({ ask }) => ({ field, code: 'unanswered', message: `“${ask}” wants an answer` })),
  ];
}

function unfit({ answer: form }: Question, answer: string): string | undefined {
  if (answer === '') return undefined;
  switch (form.is) {
    case 'text':
      return Array.from(answer).length > form.maxLength
        ? `takes at most ${form.maxLength} characters`
        : undefined;
    case 'choice':
      return form.choices.includes(answer) ? undefined : `takes one of: ${form.choices.join(', ')}`;
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? undefined : 'takes yes or no';
  }
}

/** Never more attendees than tickets; and all of them, where something has to be asked of each. */
function headCount(
  held: Held,
  attendees: readonly Attendee[],
  mustBeNamed: (ticketTypeId: string) => boolean,
): readonly PurchaseFault[] {
  const tickets = new Map(held.map(({ ticketTypeId, quantity }) => [ticketTypeId, quantity]));
  const named = new Map<string, number>();
  const surplus = attendees.flatMap(({ ticketTypeId }, at): PurchaseFault[] => {
    const count = (named.get(ticketTypeId) ?? 0) + 1;
    named.set(ticketTypeId, count);
    if (count <= (tickets.get(ticketTypeId) ?? 0)) return [];
    const message = 'there is no ticket of this type for them';
    return [{ field: `attendees[${at}].ticketTypeId`, code: 'noTicket', message }];
  });
  const short = held.filter(
    ({ ticketTypeId, quantity }) => mustBeNamed(ticketTypeId) && (named.get(ticketTypeId) ?? 0) < quantity,
  );
  const missing = short.map(({ quantity }) => ({
    field: 'attendees',
    code: 'unanswered',
    message: `something is asked of each of ${quantity} attendees`,
  }));
  return [...surplus, ...missing];
}
