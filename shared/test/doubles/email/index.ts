import { loopback, type Asked, type Told } from '../loopback';

interface Email {
  readonly senderAddress: string;
  readonly recipients: { readonly to: readonly { readonly address: string; readonly displayName: string }[] };
  readonly content: { readonly subject: string; readonly plainText: string; readonly html: string };
  readonly attachments: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly contentInBase64: string;
  }[];
}

/** Communication Services e-mail on a port of this machine: sends an operation once, refuses addresses that are none. */
export class EmailDouble {
  readonly sent: { readonly id: string; readonly email: Email }[] = [];
  /** It takes messages over, and says it knows nothing of them when asked how they fare. */
  forgetful = false;
  private readonly faults: number[] = [];
  private server!: Awaited<ReturnType<typeof loopback>>;

  static async start(): Promise<EmailDouble> {
    const double = new EmailDouble();
    double.server = await loopback((asked) => double.answer(asked));
    return double;
  }

  get connectionString(): string {
    return `endpoint=${this.server.origin}/;accesskey=${Buffer.from('not a secret').toString('base64')}`;
  }

  close = (): Promise<void> => this.server.close();

  /** The next requests are answered with these statuses. */
  fail(...statuses: readonly number[]): void {
    this.faults.push(...statuses);
  }

  private answer({ method, path, headers, body }: Asked): Told {
    if (method === 'GET' && path.startsWith('/emails/operations/'))
      return this.forgetful
        ? { status: 404, body: {} }
        : {
            status: 200,
            headers: { 'retry-after': '30' },
            body: { id: path.split('/')[3], status: 'Running' },
          };
    if (method !== 'POST' || path !== '/emails:send') return { status: 404 };
    const fault = this.faults.shift();
    if (fault !== undefined)
      return {
        status: fault,
        headers: { 'retry-after-ms': '1' },
        body: { error: { code: 'Fault', message: 'as told' } },
      };
    const email = JSON.parse(body.toString()) as Email;
    const id = String(headers['operation-id']);
    const wrong = email.recipients.to.find(({ address }) => !/^[^@\s]+@[^@\s]+\.[a-z]+$/i.test(address));
    if (wrong || headers['repeatability-request-id'] !== id)
      return {
        status: 400,
        body: {
          error: { code: 'BadRequest', message: `Invalid format for email address ${wrong?.address ?? ''}` },
        },
      };
    if (!this.sent.some((each) => each.id === id)) this.sent.push({ id, email });
    const location = `${this.server.origin}/emails/operations/${id}?api-version=2023-03-31`;
    return {
      status: 202,
      headers: { 'operation-location': location, 'retry-after': '30' },
      body: { id, status: 'Running' },
    };
  }
}
