import { isDocumentFault, type Container } from '@boxoffice/shared/documents';
import { inject, injectable } from 'tsyringe';
import type { PublishedKey, PublishedKeys } from '../core/ports';
import { Inventory } from './containers';

export const keysPartition = 'keys';
export type KeyBody = { readonly type: 'key'; readonly key: PublishedKey };

@injectable()
export class KeyDocuments implements PublishedKeys {
  constructor(@inject(Inventory) private readonly container: Container) {}

  async publish(key: PublishedKey): Promise<void> {
    const id = `key~${key.keyId}`;
    const known = await this.container.read<KeyBody>(keysPartition, id);
    if (known?.body.key.publicKey === key.publicKey) return;
    // The id is a short hash: of millions of keys, two would share one. Codes by the second would pass for forged.
    if (known) throw new Error(`another key is published as ${key.keyId}; make a new one`);
    try {
      await this.container.write(keysPartition, [
        { kind: 'create', id, body: { type: 'key', key } satisfies KeyBody },
      ]);
    } catch (error) {
      if (!isDocumentFault(error, 'Conflict')) throw error;
      return this.publish(key);
    }
  }

  async list(): Promise<readonly PublishedKey[]> {
    const stored = await this.container.list<KeyBody>(keysPartition, { limit: 1000 });
    return stored.map(({ body }) => body.key);
  }
}
