import 'reflect-metadata';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { idPattern, isCurrency, parseInstant } from '../kernel';
import { changedBy } from './transforms';
import { isPlainText, isSlug, isTimeZone, plainText } from './words';

/** What OpenAPI says of a property that one of these decorators guards, by the constraint's name. */
export const schemas: Record<string, (constraints: readonly unknown[]) => Record<string, unknown>> = {
  isId: () => ({ type: 'string', pattern: idPattern.source, examples: ['01jv0h5c9n3yq8t6w2b4d7f1ga'] }),
  isInstant: () => ({ type: 'string', format: 'date-time' }),
  isCurrency: () => ({ type: 'string', pattern: '^[A-Z]{3}$', examples: ['EUR'] }),
  isMinorUnits: ([most]) => ({ type: 'integer', minimum: 0, maximum: most }),
  isTimeZone: () => ({ type: 'string', examples: ['Europe/Vienna'] }),
  isPlainText: ([most, least]) => ({ type: 'string', minLength: least, maxLength: most }),
  isSlug: () => ({ type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 }),
};

/** An id of ours: 26 characters, a ULID in lower case. */
export const IsId = (options?: ValidationOptions): PropertyDecorator =>
  guard(
    'isId',
    [],
    (value) => typeof value === 'string' && idPattern.test(value),
    'must be an id of 26 characters',
    options,
  );

/** A moment with its offset or `Z`. The handler receives it in its one spelling, as an Instant. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  both(
    changedBy((value) => (typeof value === 'string' ? (parseInstant(value) ?? value) : value)),
    guard(
      'isInstant',
      [],
      (value) => typeof value === 'string' && parseInstant(value) !== undefined,
      'must be a moment with its offset, such as 2027-03-01T19:30:00+01:00',
      options,
    ),
  );

/** An ISO 4217 code that the runtime knows: `EUR`. */
export const IsCurrency = (options?: ValidationOptions): PropertyDecorator =>
  guard(
    'isCurrency',
    [],
    (value) => typeof value === 'string' && isCurrency(value),
    'must be an ISO 4217 currency code, such as EUR',
    options,
  );

/** A whole number of minor units from 0 to `most`, which is small enough that a thousand times it still counts exactly. */
export const IsMinorUnits = (most = 1_000_000_000_000, options?: ValidationOptions): PropertyDecorator =>
  guard(
    'isMinorUnits',
    [most],
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most,
    `must be a whole number of minor units (cents) from 0 to ${most}`,
    options,
  );

/** An IANA time zone: `Europe/Vienna`. */
export const IsTimeZone = (options?: ValidationOptions): PropertyDecorator =>
  guard(
    'isTimeZone',
    [],
    (value) => typeof value === 'string' && isTimeZone(value),
    'must be an IANA time zone, such as Europe/Vienna',
    options,
  );

/** `night-of-the-proms`: up to 80 of a–z, 0–9 and single hyphens between them. */
export const IsSlug = (options?: ValidationOptions): PropertyDecorator =>
  guard(
    'isSlug',
    [],
    (value) => typeof value === 'string' && isSlug(value),
    'must be a–z and 0–9 with single hyphens between, 80 characters at most',
    options,
  );

/**
 * Text for people, `least` (1) to `most` characters as people count them nearly: code points. White space around it is
 * dropped and it is composed (NFC) before the handler sees it. No control characters, no lone surrogates, nothing that
 * turns the direction of the text around it; line breaks only where `lines` is set.
 */
export function IsPlainText(
  most: number,
  { least = 1, lines = false }: { readonly least?: number; readonly lines?: boolean } = {},
  options?: ValidationOptions,
): PropertyDecorator {
  const what = lines ? 'must be plain text' : 'must be plain text on one line';
  return both(
    changedBy((value) => plainText(value)),
    guard(
      'isPlainText',
      [most, least],
      (value) => typeof value === 'string' && isPlainText(value, least, most, lines),
      `${what} of ${least} to ${most} characters`,
      options,
    ),
  );
}

/** For queries, whose values are text: `limit=20` is the number 20. What is no plain decimal number stays text, and so a fault. */
export const AsNumber = (): PropertyDecorator =>
  changedBy((value) =>
    typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value,
  );

/** For queries: `true` and `false`, nothing else. */
export const AsBoolean = (): PropertyDecorator =>
  changedBy((value) => (value === 'true' ? true : value === 'false' ? false : value));

function guard(
  name: string,
  constraints: unknown[],
  validate: (value: unknown) => boolean,
  message: string,
  options?: ValidationOptions,
): PropertyDecorator {
  const defaultMessage = () =>
    options?.each === true ? `each value in $property ${message}` : `$property ${message}`;
  return ValidateBy({ name, constraints, validator: { validate, defaultMessage } }, options);
}

const both =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
