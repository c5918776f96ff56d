import { describe, expect, it } from '@jest/globals';
import { seated } from '../../test/drawn-hall';

describe('the best seats', () => {
  it('are side by side in the middle of the first row', () => {
    expect(seated(['.......', '.......'], 3)).toEqual(['..***..', '.......']);
    expect(seated(['xx.....', '.......'], 3)).toEqual(['xx***..', '.......']);
    expect(seated(['..x..x.', '.......'], 3)).toEqual(['..x..x.', '..***..']);
  });

  it('are closest to the middle, the lower numbers where two blocks are as close', () => {
    expect(seated(['........'], 1)).toEqual(['...*....']);
    expect(seated(['........', '........'], 3)).toEqual(['..***...', '........']);
  });

  it('are never across a gap, a row end or what is taken', () => {
    expect(seated(['..__..', 'x..x..', '.......'], 3)).toEqual(['..__..', 'x..x..', '..***..']);
    expect(seated(['..', '..'], 3, { together: true })).toBe('refused');
  });

  it('leave no seat alone, in this row or a later one', () => {
    expect(seated(['.....'], 2)).toEqual(['**...']);
    expect(seated(['...', '.....', '....'], 2)).toEqual(['...', '**...', '....']);
    expect(seated(['...', '...', '..'], 2)).toEqual(['...', '...', '**']);
    expect(seated(['_..._', '...'], 2)).toEqual(['_**._', '...']); // where nothing else is left
  });

  it('have a restricted view only where nothing else is left', () => {
    expect(seated(['rr..', 'rr..r', '...'], 2)).toEqual(['rr**', 'rr..r', '...']);
    expect(seated(['rr.', '.rr', '...'], 2)).toEqual(['rr.', '.rr', '**.']);
    expect(seated(['rr.', 'xrr'], 2)).toEqual(['r**', 'xrr']);
    expect(seated(['rr', '.x.'], 2)).toEqual(['**', '.x.']); // together counts more
  });

  it('are accessible for who asks, with no more of them than needed, and for nobody else', () => {
    expect(seated(['.aa.', '....'], 2, { accessible: true })).toEqual(['**a.', '....']);
    expect(seated(['.aa.', '....'], 1, { accessible: true })).toEqual(['.*a.', '....']);
    expect(seated(['aa..'], 2)).toEqual(['aa**']);
    expect(seated(['aa.'], 2)).toBe('refused');
    expect(seated(['A...'], 1, { accessible: true })).toBe('refused');
  });

  it('do not count as alone beside a free accessible seat, whose companion sits there', () => {
    expect(seated(['a..._'], 2)).toEqual(['a.**_']);
  });
});

describe('a party that no row has room for', () => {
  it('sits in as few pieces as can be, in rows near each other', () => {
    expect(seated(['....', 'xxxx', '.x.', '..x', '...'], 5)).toEqual([
      '....',
      'xxxx',
      '.x.',
      '**x',
      '***',
      'apart',
    ]);
    expect(seated(['...', 'xxx', '..x', 'xxx', '...'], 5)).toEqual([
      '***',
      'xxx',
      '**x',
      'xxx',
      '...',
      'apart',
    ]);
    expect(seated(['...', '...', '...'], 6)).toEqual(['***', '***', '...', 'apart']);
    expect(seated(['....', 'xxxx', '...', '...'], 5)).toEqual(['....', 'xxxx', '***', '**.', 'apart']);
  });

  it('sits at the front once its pieces are in no more rows than they are', () => {
    expect(seated(['...xx', 'xxx..', '...x..'], 5)).toEqual(['***xx', 'xxx**', '...x..', 'apart']);
    expect(seated(['...xx', 'xxxxx', 'xxx..', '...x..'], 5)).toEqual([
      '...xx',
      'xxxxx',
      'xxx**',
      '***x..',
      'apart',
    ]);
  });

  it('is refused where it will not be split, or where too few seats are left', () => {
    expect(seated(['...', '...'], 6, { together: true })).toBe('refused');
    expect(seated(['...', '...'], 7)).toBe('refused');
  });

  it('leaves no seat alone where it has the choice', () => {
    expect(seated(['...', '..x.'], 4)).toEqual(['***', '..x*', 'apart']);
  });

  it('is given a restricted view only where that makes for fewer pieces', () => {
    expect(seated(['r..', '..r'], 4)).toEqual(['r**', '**r', 'apart']);
    expect(seated(['r..', '..r'], 5)).toEqual(['***', '**r', 'apart']);
  });

  it('sits with as many as can be beside the accessible seat, and the others near them', () => {
    const rows = ['....', 'xxxx', 'a..x', '..xx'];
    expect(seated(rows, 5, { accessible: true })).toEqual(['....', 'xxxx', '***x', '**xx', 'apart']);
    expect(seated(['ax', 'ax', '.x'], 3, { accessible: true })).toEqual(['*x', '*x', '*x', 'apart']);
    expect(seated(['A.', '..'], 3, { accessible: true })).toBe('refused');
  });
});
