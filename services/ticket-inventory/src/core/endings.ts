import { before, type Instant } from '@boxoffice/shared/kernel';
import { rememberedHours } from './hold';

/** What has ended, in the order in which it did: kept at hand for a day, so that who repeats a request gets the same answer. */
export class Endings<What> {
  private readonly all: { readonly at: Instant; readonly what: What }[] = [];
  private forgotten = 0;
  private lengthBefore = 0;

  push(at: Instant, what: What): void {
    this.all.push({ at, what });
  }

  begin(): void {
    this.lengthBefore = this.all.length;
  }

  takeBack(): void {
    this.all.length = this.lengthBefore;
  }

  /** What ended long enough ago, each once. */
  *forget(now: Instant): Iterable<What> {
    const until = before(now, { hours: rememberedHours });
    for (
      let ending = this.all[this.forgotten];
      ending && ending.at <= until;
      ending = this.all[this.forgotten]
    ) {
      this.forgotten++;
      yield ending.what;
    }
    if (this.forgotten > 1000 && this.forgotten > this.all.length / 2) {
      this.all.splice(0, this.forgotten);
      this.forgotten = 0;
    }
  }
}
