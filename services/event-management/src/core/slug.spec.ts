import { describe, expect, it } from '@jest/globals';
import { slugFrom, slugsFor } from './slug';

describe('slugs', () => {
  it.each([
    ['Night of the Proms!', 'night-of-the-proms'],
    ['Příliš žluťoučký kůň', 'prilis-zlutoucky-kun'],
    ['Straße nach Łódź & Ærø', 'strasse-nach-lodz-aero'],
    ['銀河鉄道', 'event'],
    ['  —  ', 'event'],
    ['ＦＵＬＬ width ½', 'full-width-1-2'],
  ])('come from %s', (title, slug) => expect(slugFrom(title)).toBe(slug));

  it('end at a word before they get long', () => {
    const slug = slugFrom('word '.repeat(40));
    expect(slug.length).toBeLessThanOrEqual(60);
    expect(slug).toMatch(/word$/);
    expect(slugFrom('x'.repeat(200))).toHaveLength(60);
  });

  it.each(['Winterreise', 'x'.repeat(200), 'a b '.repeat(30)])('of an event fit an address: %s', (title) => {
    for (const slug of slugsFor(title, '01jv0h5c9n3yq8t6w2b4d7f1ga'))
      expect(slug).toMatch(/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
