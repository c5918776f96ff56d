import { app } from '@azure/functions';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Stream } from '../../http';
import { OpenStreams } from '../../http/open-streams';

/** The host's name for the invocation, on the request that it forwards. */
const invocationHeader = 'x-ms-invocation-id';

/**
 * HTTP streams, for the whole app: the host then forwards each request to a server that `@azure/functions` runs in this
 * process. That takes all that a body has, whether or not anyone reads it or is still there, and shows its responses to
 * nobody. Node.js announces those of every server, however: by them a stream waits for its reader, and ends when that has left.
 */
export class HttpStreams {
  private readonly streams = new OpenStreams();
  private readonly responses = new Map<string, ServerResponse>();

  constructor() {
    app.setup({ enableHttpStream: true });
    subscribe('http.server.request.start', (message) => {
      const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
      const invocationId = request.headers[invocationHeader];
      if (typeof invocationId !== 'string') return;
      this.responses.set(invocationId, response);
      response.once('close', () => this.responses.delete(invocationId));
    });
  }

  /** The body of the answer to one invocation. */
  async *bodyOf(invocationId: string, stream: Stream): AsyncGenerator<Uint8Array> {
    const response = this.responses.get(invocationId);
    if (response) yield* this.streams.piecesFor(response, stream); // else its reader has left already
  }

  endAll(): void {
    this.streams.endAll();
  }
}
