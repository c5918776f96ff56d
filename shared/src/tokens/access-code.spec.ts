import { describe, expect, it } from '@jest/globals';
import { accessCodeHash } from '.';

const ticketTypeId = '01jv0h5c9n8m1s4k7p0r3v6x9z';

describe('the hash of an access code', () => {
  it('stays what it is: events that are published hold it', () => {
    // printf '01jv0h5c9n8m1s4k7p0r3v6x9z\nFRIENDS-2027' | openssl dgst -sha256 -binary | basenc --base64url | cut -c-22
    expect(accessCodeHash(ticketTypeId, 'FRIENDS-2027')).toBe('KVP6ewpg5z6IGayy1_3gE-');
  });

  it.each(['friends-2027', 'Friends-2027', '  FRIENDS-2027\n'])(
    'is the same however it is typed: %j',
    (typed) => expect(accessCodeHash(ticketTypeId, typed)).toBe(accessCodeHash(ticketTypeId, 'FRIENDS-2027')),
  );

  it('is another for another code, and for another ticket type', () => {
    const hashes = [
      accessCodeHash(ticketTypeId, 'FRIENDS-2027'),
      accessCodeHash(ticketTypeId, 'FRIENDS-2028'),
      accessCodeHash('01jv0h5c9n8m1s4k7p0r3v6x9y', 'FRIENDS-2027'),
    ];
    expect(new Set(hashes).size).toBe(3);
  });
});
