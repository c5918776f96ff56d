const others = 'AQgwlr09-_.=~';

/** Every text that differs from this one in one character: another in its place, by one of a few; one gone; one more. */
export function* mutants(text: string): Generator<string> {
  for (let place = 0; place <= text.length; place++) {
    const [before, behind] = [text.slice(0, place), text.slice(place + 1)];
    if (place < text.length) yield before + behind;
    for (const other of others) if (other !== text[place]) yield before + other + behind;
    for (const more of 'A=. ') yield before + more + text.slice(place);
  }
}
