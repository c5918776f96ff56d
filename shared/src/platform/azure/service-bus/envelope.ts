import { UnreadableMessage, type Envelope } from '../../../contracts';

const members = ['id', 'source', 'type', 'subject', 'time'] as const;

/**
 * The envelope in a message's body, whoever decoded it: the SDK and the Functions host hand over JSON as an object, or as
 * text or bytes where it is none. Throws UnreadableMessage.
 */
export function readEnvelope(body: unknown): Envelope {
  const decoded =
    body instanceof Uint8Array
      ? parse(new TextDecoder().decode(body))
      : typeof body === 'string'
        ? parse(body)
        : body;
  if (typeof decoded !== 'object' || decoded === null)
    throw new UnreadableMessage('the body is not a CloudEvents envelope');
  const envelope = decoded as Readonly<Record<string, unknown>>;
  const faults: string[] = members.filter((member) => typeof envelope[member] !== 'string');
  if (envelope['specversion'] !== '1.0') faults.unshift('specversion');
  if (!('data' in envelope)) faults.push('data');
  if (faults.length > 0)
    throw new UnreadableMessage(`not a CloudEvents 1.0 envelope: ${faults.join(', ')} missing or wrong`);
  return decoded as Envelope;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
