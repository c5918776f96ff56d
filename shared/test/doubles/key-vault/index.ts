import { randomUUID } from 'node:crypto';
import { toMilliseconds, type Clock } from '../../../src/kernel';
import { loopback, type Asked, type Told } from '../loopback';

interface Version {
  readonly id: string;
  readonly value: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
}

/** Azure Key Vault's secrets on a port of this machine: versions, tags, times in whole seconds, and the challenge for a token. */
export class KeyVaultDouble {
  private readonly secrets = new Map<string, Version[]>();
  private server!: Awaited<ReturnType<typeof loopback>>;

  static async start(clock: Pick<Clock, 'now'>): Promise<KeyVaultDouble> {
    const double = new KeyVaultDouble(clock);
    double.server = await loopback((asked) => double.answer(asked));
    return double;
  }

  private constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get url(): string {
    return this.server.origin;
  }

  close = (): Promise<void> => this.server.close();

  /** As an operator does in the portal. */
  put(name: string, value: string, tags: Readonly<Record<string, string>> = {}): Version {
    const version = {
      id: randomUUID().replaceAll('-', ''),
      value,
      tags,
      created: Math.floor(toMilliseconds(this.clock.now()) / 1000),
    };
    this.secrets.set(name, [...(this.secrets.get(name) ?? []), version]);
    return version;
  }

  versions(name: string): number {
    return this.secrets.get(name)?.length ?? 0;
  }

  private answer({ method, path, headers, body }: Asked): Told {
    if (headers.authorization !== 'Bearer double') {
      const challenge =
        'Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"';
      return {
        status: 401,
        headers: { 'www-authenticate': challenge },
        body: { error: { code: 'Unauthorized' } },
      };
    }
    const [, , name = '', part] = path.split('/');
    if (method === 'PUT') {
      const { value, tags } = JSON.parse(body.toString()) as { value: string; tags?: Record<string, string> };
      return { status: 200, body: this.bundle(name, this.put(name, value, tags)) };
    }
    const versions = this.secrets.get(name);
    if (versions === undefined)
      return { status: 404, body: { error: { code: 'SecretNotFound', message: 'not found' } } };
    if (part === 'versions')
      return {
        status: 200,
        body: {
          value: versions.map((each) => ({ ...this.bundle(name, each), value: undefined })),
          nextLink: null,
        },
      };
    const found = part ? versions.find(({ id }) => id === part) : versions.at(-1);
    if (found === undefined)
      return { status: 404, body: { error: { code: 'SecretNotFound', message: 'not found' } } };
    return { status: 200, body: this.bundle(name, found) };
  }

  private bundle(name: string, { id, value, tags, created }: Version) {
    const attributes = { enabled: true, created, updated: created, recoveryLevel: 'Recoverable' };
    return { value, id: `${this.server.origin}/secrets/${name}/${id}`, attributes, tags };
  }
}
