import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address';

const of = (forwarded: string | undefined, peer: string | undefined, proxies = 0) =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, peer }, proxies);

describe('the address of a caller', () => {
  it('is that of the connection where no proxy is ours, whatever the caller says', () => {
    expect(of('9.9.9.9', '203.0.113.7')).toBe('203.0.113.7');
    expect(of(undefined, '::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  it('is what our own proxies wrote down, and nothing before that', () => {
    expect(of('9.9.9.9, 203.0.113.7', '10.0.0.1', 1)).toBe('203.0.113.7');
    expect(of('9.9.9.9, 203.0.113.7:4711', undefined)).toBe('203.0.113.7');
    expect(of('9.9.9.9, 203.0.113.7, 198.51.100.1', undefined, 1)).toBe('203.0.113.7');
  });

  it('is not known where there are fewer entries than proxies', () => {
    expect(of('203.0.113.7', undefined, 1)).toBeUndefined();
    expect(of(undefined, undefined)).toBeUndefined();
  });

  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
  ])('is none where anybody may be behind it: %s', (address) => {
    expect(of(undefined, address)).toBeUndefined();
  });

  it.each([
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:DB8:1:2:3:4:5:6]:443', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ])('is the network of one customer in IPv6: %s', (address, network) => {
    expect(of(address, undefined)).toBe(network);
  });

  it.each(['unknown', '_hidden', '999.1.1.1', '2001:db8::zz', ''])(
    'is none where it is no address: %s',
    (text) => {
      expect(of(text, undefined)).toBeUndefined();
    },
  );
});
