import type { IncomingMessage } from 'node:http';

const none = new Uint8Array();
/** Whether a body follows the headers (RFC 9112 6.3). */
export const announcesBody = ({ headers }: IncomingMessage): boolean =>
  (headers['content-length'] !== undefined && headers['content-length'] !== '0') ||
  headers['transfer-encoding'] !== undefined;

/**
 * Hands the whole body to `done`, or as much of it as shows that it is longer than `limit` allows (the rest is then let
 * go by until the answer hangs up). `limitOf` is asked only of bodies longer than `usual`. A sender who breaks off is not answered.
 */
export function readBytes(
  req: IncomingMessage,
  usual: number,
  limitOf: (req: IncomingMessage) => number,
  done: (bytes: Uint8Array, whole: boolean) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let limit = usual;
  let answered = false;
  req.on('data', (chunk: Buffer) => {
    if (answered) return;
    length += chunk.length;
    chunks.push(chunk);
    if (length > limit && limit === usual) limit = Math.max(usual, limitOf(req));
    if (length <= limit) return;
    answered = true;
    done(Buffer.concat(chunks), false);
  });
  req.on('end', () => {
    if (answered) return;
    done(chunks.length === 1 ? (chunks[0] ?? none) : Buffer.concat(chunks), true);
  });
}
