import { describe, expect, it } from '@jest/globals';
import { invitationHash, isInvitation } from './invitation';

describe('an invitation', () => {
  it('is known by its hash, and by nothing that resembles it', () => {
    const kept = invitationHash('7Qf1b0mX');
    expect(kept).toMatch(/^[\w-]{22}$/);
    expect(isInvitation('7Qf1b0mX', kept)).toBe(true);
    for (const other of ['7Qf1b0mY', '7qf1b0mx', '', kept, 'é'.repeat(22)])
      expect(isInvitation(other, kept)).toBe(false);
  });

  it('that was never given is nobody’s', () => {
    expect(isInvitation('', '')).toBe(false);
  });
});
