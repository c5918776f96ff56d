import { loopback, type Asked, type Told } from '../loopback';

const account = 'double';

interface Blob {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** Azure Blob Storage on a port of this machine: containers, block blobs whole or in blocks, listing by pages of three. */
export class BlobDouble {
  private readonly containers = new Map<string, Map<string, Blob>>();
  private readonly blocks = new Map<string, Buffer>();
  private server!: Awaited<ReturnType<typeof loopback>>;

  static async start(): Promise<BlobDouble> {
    const double = new BlobDouble();
    double.server = await loopback((asked) => double.answer(asked));
    return double;
  }

  get connectionString(): string {
    const key = Buffer.from('not a secret').toString('base64');
    return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${this.server.origin}/${account};`;
  }

  close = (): Promise<void> => this.server.close();

  private answer(asked: Asked): Told {
    const [, , container = '', ...rest] = asked.path.split('/');
    const name = rest.join('/');
    const blobs = this.containers.get(container);
    if (asked.query.get('restype') === 'container' && asked.method === 'PUT') {
      if (blobs) return failure(409, 'ContainerAlreadyExists');
      this.containers.set(container, new Map());
      return { status: 201, headers: stamp() };
    }
    if (blobs === undefined) return failure(404, 'ContainerNotFound');
    if (asked.query.get('comp') === 'list') return list(blobs, asked.query);
    if (asked.method === 'PUT') return this.put(blobs, name, asked);
    const blob = blobs.get(name);
    if (blob === undefined) return failure(404, 'BlobNotFound');
    if (asked.method === 'DELETE') {
      blobs.delete(name);
      return { status: 202 };
    }
    const headers = {
      ...stamp(),
      'content-type': blob.contentType,
      'x-ms-blob-type': 'BlockBlob',
      'accept-ranges': 'bytes',
    };
    return { status: 200, headers, body: blob.bytes };
  }

  private put(blobs: Map<string, Blob>, name: string, { query, headers, body }: Asked): Told {
    const contentType = String(headers['x-ms-blob-content-type'] ?? 'application/octet-stream');
    if (query.get('comp') === 'block') {
      this.blocks.set(`${name} ${query.get('blockid') ?? ''}`, body);
      return { status: 201 };
    }
    const ids =
      query.get('comp') === 'blocklist'
        ? [...body.toString().matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, id]) => id)
        : undefined;
    const bytes = ids
      ? Buffer.concat(ids.map((id) => this.blocks.get(`${name} ${id}`) ?? Buffer.alloc(0)))
      : body;
    blobs.set(name, { bytes, contentType });
    return { status: 201, headers: stamp() };
  }
}

const stamp = () => ({
  etag: '"0x8D"',
  'last-modified': new Date().toUTCString(),
  'x-ms-version': '2025-11-05',
});

const failure = (status: number, code: string): Told => ({
  status,
  headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

const pageSize = 3;

function list(blobs: ReadonlyMap<string, Blob>, query: URLSearchParams): Told {
  const prefix = query.get('prefix') ?? '';
  const names = [...blobs.keys()].filter((name) => name.startsWith(prefix)).sort();
  const start = Number(query.get('marker') ?? 0);
  const page = names.slice(start, start + pageSize);
  const next = start + pageSize < names.length ? String(start + pageSize) : '';
  const items = page.map(
    (name) =>
      `<Blob><Name>${name}</Name><Properties><Last-Modified>${new Date().toUTCString()}</Last-Modified><Etag>0x8D</Etag><Content-Length>1</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>`,
  );
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Prefix>${prefix}</Prefix><Blobs>${items.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
  };
}
