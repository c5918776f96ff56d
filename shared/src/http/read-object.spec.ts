import { describe, expect, it } from '@jest/globals';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateIf,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  validateSync,
  type ValidatorConstraintInterface,
} from 'class-validator';
import fc from 'fast-check';
import { accepts } from './accepts';
import { inspect } from './read-object';
import { shapeOf } from './shape';
import { AsNumber, IsId, IsInstant, IsPlainText } from './validators';

class Line {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(10) quantity!: number;
}
class Buyer {
  @IsPlainText(20) name!: string;
  @IsOptional() @IsEmail() email?: string;
}
class Basket {
  @IsId() eventId!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
  @IsOptional() @ValidateNested() @Type(() => Buyer) buyer?: Buyer;
  @IsOptional() @IsString({ each: true }) labels?: string[];
  @IsOptional() @IsInstant() from?: string;
  @IsOptional() @IsBoolean() gift?: boolean;
  @ValidateIf((basket: Basket) => basket.gift === true) @IsIn(['post', 'mail']) by?: string;
}
class Parcel {
  @IsDefined() @ValidateNested() @Type(() => Buyer) to!: Buyer;
}

@ValidatorConstraint({ async: true })
class AnswersLater implements ValidatorConstraintInterface {
  async validate(): Promise<boolean> {
    return false;
  }
}

const id = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const good = () => ({ eventId: id, lines: [{ ticketTypeId: id, quantity: 2 }] }) as Record<string, unknown>;
const faultsOf = (value: unknown) =>
  inspect(Basket, value).faults.map(({ field, code }) => `${field} ${code}`);

describe('reading an object', () => {
  it('makes instances of the classes, with transforms applied', () => {
    const { instance, faults } = inspect(Basket, {
      ...good(),
      buyer: { name: '  Zoe\u0308 ' },
      from: '2027-01-01T10:00:00+01:00',
    });
    expect(faults).toEqual([]);
    expect(instance).toBeInstanceOf(Basket);
    expect(instance?.lines[0]).toBeInstanceOf(Line);
    expect(instance?.buyer).toEqual({ name: 'Zoë' });
    expect(instance?.from).toBe('2027-01-01T09:00:00.000Z');
  });

  it('tells every fault at once, each with its place', () => {
    const bad = {
      eventId: 7,
      lines: [
        { ticketTypeId: 'x', quantity: '2' },
        { ticketTypeId: id, quantity: 11, colour: 'red' },
      ],
      buyer: { name: '', email: 'nobody' },
      gift: true,
      surprise: 1,
    };
    expect(faultsOf(bad).sort()).toEqual(
      [
        'surprise unknown',
        'lines[1].colour unknown',
        'eventId isId',
        'lines[0].ticketTypeId isId',
        'lines[0].quantity isInt',
        'lines[0].quantity min',
        'lines[0].quantity max',
        'lines[1].quantity max',
        'buyer.name isPlainText',
        'buyer.email isEmail',
        'by isIn',
      ].sort(),
    );
  });

  it('turns no text into a number, and no number into text', () => {
    expect(faultsOf({ ...good(), gift: 'true' })).toEqual(['gift isBoolean']);
    expect(faultsOf({ ...good(), labels: [1] })).toEqual(['labels isString']);
  });

  it.each([[[]], ['text'], [3], [null], [undefined], [[good()]]])(
    'refuses %j where an object belongs',
    (value) => {
      expect(faultsOf(value)).toEqual([' isObject']);
    },
  );

  it.each([
    ['an object for the lines', { lines: { ticketTypeId: id, quantity: 1 } }, 'lines isArray'],
    ['text for the lines', { lines: 'none' }, 'lines isArray'],
    ['an array for the buyer', { buyer: [] }, 'buyer isObject'],
    ['text for the buyer', { buyer: 'Ada' }, 'buyer isObject'],
    ['an array for a line', { lines: [[{ ticketTypeId: id, quantity: 1 }]] }, 'lines[0] isObject'],
    ['null for a line', { lines: [null] }, 'lines[0] isObject'],
  ])('refuses %s', (_, members, fault) => {
    expect(faultsOf({ ...good(), ...members })).toContain(fault);
  });

  it('takes null for left out where that is allowed, and nowhere else', () => {
    const { instance, faults } = inspect(Basket, { ...good(), buyer: null, from: null });
    expect(faults).toEqual([]);
    expect(instance?.buyer).toBeUndefined();
    expect(faultsOf({ ...good(), eventId: null })).toEqual(['eventId isId']);
    expect(faultsOf({ ...good(), lines: null })).toContain('lines isArray');
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', '__defineGetter__', 'isPrototypeOf'])(
    'knows no member %s',
    (name) => {
      const sent = JSON.parse(
        `{ "eventId": "${id}", "lines": [{ "ticketTypeId": "${id}", "quantity": 1, "${name}": {} }], "${name}": { "isAdmin": true } }`,
      ) as unknown;
      expect(faultsOf(sent).sort()).toEqual([`${name} unknown`, `lines[0].${name} unknown`].sort());
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    },
  );

  it('looks at no more items than its limit allows', () => {
    const many = Array.from({ length: 20_000 }, () => ({}));
    const faults = faultsOf({ ...good(), lines: many });
    expect(faults).toContain('lines arrayMaxSize');
    expect(faults.some((fault) => fault.startsWith('lines[4]'))).toBe(false);
  });

  it('refuses a class that it could not read as it is declared', () => {
    class Untyped {
      @ValidateNested() inner!: object;
    }
    class Slow {
      @Validate(AnswersLater) value!: string;
    }
    class Coerced {
      @Transform(({ value }) => Number(value)) @IsInt() value!: number;
    }
    class Dated {
      @Type(() => Date) @IsInstant() at!: string;
    }
    expect(() => inspect(Coerced, { value: '5' })).toThrow('Coerced.value is changed by class-transformer');
    expect(() => inspect(Dated, { at: '2027-01-01T00:00:00Z' })).toThrow(
      'Dated.at is changed by class-transformer',
    );
    expect(() => inspect(Untyped, { inner: {} })).toThrow('Untyped.inner is @ValidateNested');
    expect(() => inspect(Slow, { value: 'x' })).toThrow('Slow.value has a validator that answers later');
  });

  it('accepts at a glance exactly what class-validator accepts', () => {
    const perhaps = <T>(right: fc.Arbitrary<T>) =>
      fc.oneof(
        { weight: 6, arbitrary: right },
        fc.constantFrom<unknown>(undefined, '', 0, 11, 'x', true, [], {}, NaN),
      );
    const line = fc.record(
      { ticketTypeId: perhaps(fc.constant(id)), quantity: perhaps(fc.integer({ min: 1, max: 10 })) },
      { requiredKeys: [] },
    );
    const basket = fc.record(
      {
        eventId: perhaps(fc.constant(id)),
        lines: perhaps(fc.array(line, { maxLength: 4 })),
        buyer: perhaps(
          fc.record(
            { name: perhaps(fc.constant('Ada')), email: perhaps(fc.constant('ada@example.org')) },
            { requiredKeys: ['name'] },
          ),
        ),
        labels: perhaps(fc.array(perhaps(fc.string()))),
        gift: perhaps(fc.boolean()),
        by: perhaps(fc.constantFrom('post', 'mail')),
      },
      { requiredKeys: ['eventId', 'lines'] },
    );
    let accepted = 0;
    fc.assert(
      fc.property(basket, (sent) => {
        const { instance, faults } = inspect(Basket, sent);
        const glance = accepts(shapeOf(Basket), instance as unknown as Record<string, unknown>);
        expect(glance).toBe(validateSync(instance!).length === 0 && faults.length === 0);
        accepted += Number(glance);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(100);
    expect(accepted).toBeLessThan(2900);
  });

  it('misses what must be there and is not', () => {
    const { instance } = inspect(Parcel, {});
    expect(validateSync(instance!)).toHaveLength(1);
    expect(accepts(shapeOf(Parcel), instance as unknown as Record<string, unknown>)).toBe(false);
  });

  it('applies the transforms of parents, too', () => {
    class Named {
      @IsPlainText(10) name!: string;
    }
    class Titled extends Named {
      @IsPlainText(10) title!: string;
    }
    expect(inspect(Titled, { name: ' Ada ', title: ' Dr ' }).instance).toEqual({ name: 'Ada', title: 'Dr' });
  });

  it('leaves what it is handed as it is', () => {
    const sent = { ...good(), buyer: null, from: '2027-01-01T10:00:00+01:00', surprise: 1 };
    const before = structuredClone(sent);
    inspect(Basket, sent);
    expect(sent).toEqual(before);
  });

  it('reads numbers from queries only in their plain spelling', () => {
    class Query {
      @IsOptional() @AsNumber() @IsInt() @Min(1) limit: number = 20;
    }
    expect(inspect(Query, {}).instance).toEqual({ limit: 20 });
    expect(inspect(Query, { limit: '50' }).instance).toEqual({ limit: 50 });
    for (const limit of ['', ' 5', '5e3', '0x10', 'Infinity', '1.5', '-1', '12345678901234567', ['1', '2']]) {
      expect([limit, inspect(Query, { limit }).faults.length > 0]).toEqual([limit, true]);
    }
  });
});
