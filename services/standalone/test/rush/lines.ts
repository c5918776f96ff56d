import { setTimeout as wait } from 'node:timers/promises';
import { Line, type LineAnswer } from '../line';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** So many connections to a machine, which all buyers share: as those of a load balancer are. */
export class Lines {
  /** Requests that had to be sent again. */
  repeated = 0;
  private readonly idle: Line[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly port: number,
    private free: number,
  ) {}

  /**
   * Repeats the request until it is answered, however often the machine dies meanwhile: under one Idempotency-Key. To come again
   * (429, 5xx), or that something is still under way (202), is no answer.
   */
  async insist<Body>(token: string, method: string, path: string, body?: object): Promise<Answer<Body>> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (method === 'POST') headers['idempotency-key'] = crypto.randomUUID();
    for (;;) {
      const answer = await this.once((line) => line.send(method, path, headers, body));
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 202) {
        const read: unknown = answer.body.startsWith('{') ? JSON.parse(answer.body) : {};
        return { status: answer.status, body: read as Body };
      }
      this.repeated++;
      await wait(500 + Math.random() * 1500);
    }
  }

  close(): void {
    for (const line of this.idle) line.close();
  }

  private async once(send: (line: Line) => Promise<LineAnswer>): Promise<LineAnswer | undefined> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.free--;
    try {
      const line = this.idle.pop() ?? (await Line.open(this.port));
      const answer = await send(line);
      this.idle.push(line);
      return answer;
    } catch {
      return undefined; // it was killed before it answered
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
