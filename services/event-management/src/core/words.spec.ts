import { describe, expect, it } from '@jest/globals';
import { beginningsOf, wordsOf } from './words';

describe('words to search by', () => {
  it('have no case, accents or width', () => {
    expect(wordsOf('Příliš STRASSE Straße ＡＢＣ')).toEqual(['prilis', 'strasse', 'abc']);
  });

  it('begin with two letters at least, or are shorter', () => {
    expect(beginningsOf('a Jazz')).toEqual(['a', 'ja', 'jaz', 'jazz']);
  });

  it('are few however long a word is', () => {
    expect(beginningsOf('x'.repeat(5000))).toHaveLength(23);
  });

  it('are found without spaces between them', () => {
    expect(wordsOf('銀河鉄道の夜').length).toBeGreaterThan(1);
  });
});
