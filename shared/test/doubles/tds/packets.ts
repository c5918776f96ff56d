import type { Socket } from 'node:net';

/** What a client's message is, by the first byte of its packets. Source: MS-TDS, 2.2.3.1.1. */
export const kinds = { batch: 1, rpc: 3, attention: 6, transaction: 14, login: 16, prelogin: 18 } as const;

const header = 8;
const lastOfMessage = 1;
const reply = 4;
const largest = 4096;

/** Puts the packets of one connection together into messages. */
export function onMessage(socket: Socket, handle: (kind: number, message: Buffer) => void): void {
  let unread = Buffer.alloc(0);
  let parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= header) {
      const length = unread.readUInt16BE(2);
      if (unread.length < length) return;
      const packet = unread.subarray(0, length);
      unread = unread.subarray(length);
      parts.push(packet.subarray(header));
      if ((packet.readUInt8(1) & lastOfMessage) === 0) continue;
      const message = Buffer.concat(parts);
      parts = [];
      handle(packet.readUInt8(0), message);
    }
  });
}

/** One message, in as many packets as it takes. */
export function packets(message: Buffer): Buffer {
  const out: Buffer[] = [];
  const room = largest - header;
  for (let at = 0; at === 0 || at < message.length; at += room) {
    const body = message.subarray(at, at + room);
    const head = Buffer.alloc(header);
    head.writeUInt8(reply, 0);
    head.writeUInt8(at + room >= message.length ? lastOfMessage : 0, 1);
    head.writeUInt16BE(body.length + header, 2);
    head.writeUInt8((at / room + 1) % 256, 6);
    out.push(head, body);
  }
  return Buffer.concat(out);
}
