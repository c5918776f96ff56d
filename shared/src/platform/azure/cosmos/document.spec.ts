import { describe, expect, it } from '@jest/globals';
import { storedFrom } from './document';

const document = { id: 'a', partition: 'p', body: { value: 1 }, _etag: '"1"' };

describe('a document as it lies in Cosmos DB', () => {
  it('is what the port promises, without the members that the store adds', () => {
    const stored = storedFrom({ ...document, ttl: 5, _rid: 'r', _self: 's', _ts: 1, _lsn: 7 });
    expect(stored).toEqual({ partition: 'p', id: 'a', etag: '"1"', body: { value: 1 } });
  });

  it('from elsewhere is refused', () => {
    for (const member of ['id', 'partition', 'body', '_etag'])
      expect(() => storedFrom({ ...document, [member]: undefined })).toThrow(TypeError);
    expect(() => storedFrom('a')).toThrow(TypeError);
  });
});
