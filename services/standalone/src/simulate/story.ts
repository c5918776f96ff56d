const people = /^(buyer|organizer|admin|visitor|bank)/;
const worthTelling = /CRASH|^dies|^gets|^(info|warn|error):|bus: publish|unheard|refused:|^mail:/;

/** A line of the story, or undefined for what only those who look closely want to hear. */
export function storyLine(at: number, who: string, what: string, everything: boolean): string | undefined {
  if (!everything && !people.test(who) && !worthTelling.test(what)) return undefined;
  return `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}  ${who.padEnd(24)} ${what}`;
}
