const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Where in an event's history something was made: which commit, and which move of it. */
export interface Place {
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
}

/**
 * A place as 12 characters that sort as history does: epoch 2, sequence 7, index 3. The fence lets one commit alone have a
 * place, so no chance is needed to make ids of it that are unique, and an id tells where to look.
 */
export const suffixOf = ({ epoch, sequence, index }: Place): string =>
  digits(epoch, 2) + digits(sequence, 7) + digits(index, 3);

export const holdIdAt = (eventId: string, place: Place): string => `${eventId}-${suffixOf(place)}`;

const idShape = /^([0-9a-hjkmnp-tv-z]{26})-[0-9a-hjkmnp-tv-z]{12}(?:-[1-9]\d{0,4})?$/;

/** The event of a hold's or a ticket's id; undefined when it is the id of neither. */
export const eventOf = (id: string): string | undefined => idShape.exec(id)?.[1];

/** Where in its event's history that was made which has this id: a hold, or an order's tickets. */
export const placeOf = (id: string): Place => ({
  epoch: numberOf(id.slice(27, 29)),
  sequence: numberOf(id.slice(29, 36)),
  index: numberOf(id.slice(36, 39)),
});

const numberOf = (text: string): number =>
  Array.from(text).reduce((sum, digit) => sum * 32 + alphabet.indexOf(digit), 0);

function digits(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / 32))
    text = (alphabet[rest % 32] ?? '0') + text;
  return text;
}
