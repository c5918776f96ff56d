import type { ContainerClient } from '@azure/storage-blob' with { 'resolution-mode': 'import' };
import { credential } from './credential';
import { lazily, statusOf } from './lazily';
import type { Files } from '../ports';

export interface BlobSettings {
  /** `https://<account>.blob.core.windows.net` */
  readonly endpoint?: string;
  /** Instead of the endpoint: emulators. */
  readonly connectionString?: string;
  readonly clientId?: string;
}

/** One blob container. Where it is missing, the first `put` makes it. */
export function blobFiles(settings: BlobSettings, container: string): Files {
  const opened = lazily(() => open(settings, container));
  return {
    async put(name, bytes, contentType) {
      checkName(name);
      const client = await opened();
      const upload = () =>
        client
          .getBlockBlobClient(name)
          .uploadData(bytes, { blobHTTPHeaders: { blobContentType: contentType } });
      try {
        await upload();
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        await client.createIfNotExists();
        await upload();
      }
    },
    async get(name) {
      checkName(name);
      const client = (await opened()).getBlockBlobClient(name);
      try {
        const { contentType = 'application/octet-stream', readableStreamBody } = await client.download();
        const chunks: Uint8Array[] = [];
        for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
        return { bytes: new Uint8Array(Buffer.concat(chunks)), contentType };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async delete(name) {
      checkName(name);
      try {
        await (await opened()).getBlockBlobClient(name).deleteIfExists();
      } catch (error) {
        if (statusOf(error) !== 404) throw error; // not even the container is there
      }
    },
    async list(prefix) {
      const names: string[] = [];
      try {
        for await (const { name } of (await opened()).listBlobsFlat({ prefix })) names.push(name);
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
      return names.sort();
    },
  };
}

async function open(
  { endpoint, connectionString, clientId }: BlobSettings,
  container: string,
): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const retryOptions = { maxTries: 4, retryDelayInMs: 200, maxRetryDelayInMs: 4000, tryTimeoutInMs: 30_000 };
  if (connectionString !== undefined)
    return BlobServiceClient.fromConnectionString(connectionString, { retryOptions }).getContainerClient(
      container,
    );
  if (endpoint === undefined)
    throw new Error('Blob Storage: neither an endpoint nor a connection string is set');
  return new BlobServiceClient(endpoint, await credential(clientId), { retryOptions }).getContainerClient(
    container,
  );
}

function checkName(name: string): void {
  const segments = name.split('/');
  if (segments.some((segment) => !/^[A-Za-z0-9._-]+$/.test(segment) || /^\.+$/.test(segment)))
    throw new RangeError(`not a name for a file: ${name}`);
}
