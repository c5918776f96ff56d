import type { Random, Span, SimulatedWorld } from '@boxoffice/shared/platform/simulated';

/** How a bank tells of what has happened: again and again until it is heard, or not at all, so that only a question finds out. */
export interface Telling {
  /** How long the bank takes to decide. */
  readonly takes: Span;
  readonly notices: 'once' | 'several times' | 'never';
  readonly after: Span;
}

/** Carries a notice to payment-processing; the status of the answer, if one came. */
export type Post = (body: Uint8Array, headers: Record<string, string>) => Promise<number | undefined>;

const seal = 'sealed-by-the-bank';
const patience = 12;

export const isSealed = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers['x-bank-seal'] === seal;

/** The notices of one bank. */
export class Notices {
  post: Post = async () => undefined;
  private numbers = 0;

  constructor(
    private readonly world: SimulatedWorld,
    private readonly random: Random,
  ) {}

  /** What there is to tell is looked at anew for each copy. */
  tell({ notices, after }: Telling, content: () => object): void {
    if (notices === 'never') {
      this.world.around.fault('bank told nobody');
      return;
    }
    const id = `notice-${++this.numbers}`;
    const copies = notices === 'once' ? 1 : this.random.between([2, 4]);
    if (copies > 1) this.world.around.fault('bank told it again');
    for (let copy = 0; copy < copies; copy++)
      this.world.schedule.after(this.random.between(after), () => void this.insist(id, content(), 1));
  }

  /** One that somebody made up. */
  forge(content: object): Promise<number | undefined> {
    return this.send(`forged-${++this.numbers}`, content, 'sealed-by-nobody');
  }

  private async insist(id: string, content: object, attempt: number): Promise<void> {
    const status = await this.send(id, content, seal);
    if (status !== undefined && status < 300) return;
    if (attempt === patience) return;
    this.world.schedule.after(
      Math.min(5_000 * 3 ** attempt, 6 * 3_600_000),
      () => void this.insist(id, content, attempt + 1),
    );
  }

  private send(id: string, content: object, sealedBy: string): Promise<number | undefined> {
    return this.post(Buffer.from(JSON.stringify({ id, ...content })), { 'x-bank-seal': sealedBy });
  }
}
