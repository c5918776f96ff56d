const divisors = (of: number): number[] =>
  Array.from({ length: of }, (_, i) => i + 1).filter((n) => of % n === 0 && n < of);

const places = [
  { seconds: 1, steps: divisors(60), spell: (n: number) => (n === 1 ? '* * * * * *' : `*/${n} * * * * *`) },
  { seconds: 60, steps: divisors(60), spell: (n: number) => (n === 1 ? '0 * * * * *' : `0 */${n} * * * *`) },
  {
    seconds: 3600,
    steps: divisors(24),
    spell: (n: number) => (n === 1 ? '0 0 * * * *' : `0 0 */${n} * * *`),
  },
];

const aDay = 86_400;

/** Every pace that a schedule can have, in seconds, the quickest first. */
export const paces: readonly number[] = [
  ...places.flatMap(({ seconds, steps }) => steps.map((step) => step * seconds)),
  aDay,
];

/**
 * The schedule of a timer trigger, six fields. Cron only knows steps that divide its minute, hour or day evenly, so the
 * next longer one is taken: 7 seconds → every 10, 90 → every 2 minutes; a day at the most.
 */
export function ncrontab(everySeconds: number): string {
  for (const { seconds, steps, spell } of places) {
    const step = steps.find((n) => n * seconds >= everySeconds);
    if (step !== undefined) return spell(step);
  }
  return '0 0 0 * * *';
}
