import { describe, expect, it } from '@jest/globals';
import { languagesWanted } from './language';

describe('the language that a reader wants', () => {
  it('is what they ask for, before what their browser says', () => {
    expect(languagesWanted('ja', 'de')).toEqual(['ja', 'de']);
  });

  it.each([
    [undefined, []],
    ['', []],
    ['de-AT, de;q=0.8, en;q=0.9', ['de-AT', 'en', 'de']],
    ['en;q=0, *;q=0.5, fr', ['fr']],
    ['de;q=much, , ;q=1', []],
  ])('is read out of %j', (header, languages) => {
    expect(languagesWanted(undefined, header)).toEqual(languages);
  });
});
