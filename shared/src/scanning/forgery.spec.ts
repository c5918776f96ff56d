import { describe, expect, it } from '@jest/globals';
import { bundle, codeOf, evening, key, ticketId } from '../../test/scanning/evening';
import { OfflineScanner } from './offline-scanner';

/** Whole numbers that a seed decides (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n; // of Ed25519: RFC 8032, 5.1

const genuine = Array.from({ length: 100 }, (_, i) => codeOf(ticketId(i + 1), 1 + (i % 3)));
const opening = genuine[0]!.slice(0, genuine[0]!.lastIndexOf('.') + 1);
const bytesOf = (code: string) => Buffer.from(code.slice(opening.length), 'base64url');
const codeOfBytes = (bytes: Buffer) => opening + bytes.toString('base64url');

/** What somebody might make of a code that they have; some of it is again a genuine one. */
const forgers: readonly ((roll: ReturnType<typeof dice>, code: string) => string)[] = [
  function changesCharacters(roll, code) {
    const text = Array.from(code);
    for (let i = roll(3); i >= 0; i--) text[roll(text.length)] = alphabet[roll(alphabet.length)]!;
    return text.join('');
  },
  function cutsOrLengthens(roll, code) {
    const at = roll(code.length);
    return roll(2)
      ? code.slice(0, at) + code.slice(at + 1 + roll(4))
      : code.slice(0, at) + alphabet[roll(64)]! + code.slice(at);
  },
  function flipsBits(roll, code) {
    const bytes = bytesOf(code);
    for (let i = roll(3); i >= 0; i--) bytes[roll(bytes.length)]! ^= 1 << roll(8);
    return codeOfBytes(bytes);
  },
  function namesAnotherTicket(roll, code) {
    const bytes = bytesOf(code);
    bytes.writeUInt16BE(1 + roll(65_535), 24);
    return codeOfBytes(bytes);
  },
  function namesAnotherIssue(roll, code) {
    const bytes = bytesOf(code);
    bytes[42] = roll(256);
    return codeOfBytes(bytes);
  },
  function putsAnothersSealUnderIt(roll, code) {
    const seal = bytesOf(genuine[roll(genuine.length)]!).subarray(43);
    return codeOfBytes(Buffer.concat([bytesOf(code).subarray(0, 43), seal]));
  },
  function writesTheSealAsAnotherNumber(_, code) {
    const bytes = bytesOf(code);
    const number = BigInt(`0x${Buffer.from(bytes.subarray(75)).reverse().toString('hex')}`) + groupOrder;
    Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 75);
    return codeOfBytes(bytes);
  },
];

describe('of 100,000 codes that somebody has meddled with', () => {
  it('a scanner admits none', () => {
    const scanner = new OfflineScanner(bundle(), () => 'nonce');
    const known = new Set(genuine);
    const roll = dice(2027);
    const reasons = new Map<string, number>();
    for (let tried = 0; tried < 100_000;) {
      const mutant = forgers[roll(forgers.length)]!(roll, genuine[roll(genuine.length)]!);
      if (known.has(mutant)) continue;
      tried++;
      const { result, reason = 'none' } = scanner.scan(mutant, 'main', evening);
      if (result === 'accepted') throw new Error(`admitted, though meddled with: ${mutant}`);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    // Most of them are well made: it is the signature that gives them away.
    expect(reasons.get('forged')).toBeGreaterThan(60_000);
    expect([...reasons.keys()].sort()).toEqual(['forged', 'unknown']);
    for (const code of genuine) expect(scanner.scan(code, 'main', evening).result).toBe('accepted');
    expect(opening).toContain(Buffer.from(key.keyId).toString('base64url'));
  }, 60_000);
});
