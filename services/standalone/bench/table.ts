import { writeFileSync } from 'node:fs';

/** `atLeast` or `atMost`: what product.md promises; neither where it promises nothing. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One line a figure, as soon as it is known. */
export class Table {
  private readonly figures: Figure[] = [];

  readonly report = (figure: Figure): void => {
    this.figures.push(figure);
    const { name, value, unit } = figure;
    const target = targetOf(figure);
    const verdict = target === '' ? '' : isMet(figure) ? 'ok' : 'short';
    console.log(
      `${name.padEnd(70)} ${inDigits(value).padStart(9)} ${unit.padEnd(6)} ${target.padEnd(10)} ${verdict}`.trimEnd(),
    );
  };

  write(file: string): void {
    writeFileSync(file, `${JSON.stringify(this.figures, null, 2)}\n`);
  }
}

const isMet = ({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean =>
  value >= atLeast && value <= atMost;

function targetOf({ atLeast, atMost }: Figure): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

const inDigits = (value: number): string =>
  value.toFixed(Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2);
