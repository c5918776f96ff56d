import { get, type IncomingMessage } from 'node:http';

export interface Heard {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** Hears a stream as a browser's EventSource does (WHATWG HTML, 9.2), and comes back when it is told to. */
export class EventSource {
  readonly events: Heard[] = [];
  comments = 0;
  retryMilliseconds: number | undefined;
  lastEventId = '';
  ended = false;
  private text = '';
  private answer: IncomingMessage | undefined;

  constructor(private readonly url: string) {}

  /** Resolves with the answer's status and headers; its body is heard from then on. */
  async open(): Promise<IncomingMessage> {
    const headers = {
      accept: 'text/event-stream',
      ...(this.lastEventId === '' ? {} : { 'last-event-id': this.lastEventId }),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(this.url, { headers, agent: false }, resolve).on('error', reject);
    });
    this.ended = false;
    this.text = '';
    this.answer = answer;
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.hear(text));
    answer.on('end', () => (this.ended = true));
    answer.on('error', () => (this.ended = true));
    return answer;
  }

  close(): void {
    this.answer?.destroy();
  }

  /** Resolves with the next event after the number that was heard before. */
  async next(after = this.events.length): Promise<Heard> {
    for (const end = performance.now() + 5000; performance.now() < end;) {
      const heard = this.events[after];
      if (heard) return heard;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`heard ${this.events.length} events and no more`);
  }

  hear(text: string): void {
    const blocks = (this.text + text).split('\n\n');
    this.text = blocks.pop() ?? '';
    for (const block of blocks) this.dispatch(block.split('\n'));
  }

  private dispatch(lines: readonly string[]): void {
    let event = 'message';
    const data: string[] = [];
    for (const line of lines) {
      const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === '') this.comments++;
      else if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') this.lastEventId = value;
      else if (field === 'retry') this.retryMilliseconds = Number(value);
    }
    if (data.length === 0) return;
    const told = JSON.parse(data.join('\n')) as Record<string, unknown>;
    this.events.push({ event, id: this.lastEventId, data: told });
  }
}
