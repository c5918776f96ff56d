import { parseArgs } from 'node:util';
import { subscriptions, services, type Subscription } from '@boxoffice/shared/contracts';

export const usage = `Usage:
  npm run dead-letters -- list [--service SERVICE] [--topic TOPIC]
    what SERVICE could not handle (or any service), of what TOPIC said (or any)
  npm run dead-letters -- replay --service SERVICE [--topic TOPIC] --all
  npm run dead-letters -- replay --service SERVICE --topic TOPIC --position POSITION
    hands it to SERVICE again, as new

SERVICE, TOPIC: ${services.join(', ')}.
Where: the Service Bus of SERVICE_BUS_NAMESPACE, as whoever is signed in by \`az login\`, or of SERVICE_BUS_CONNECTION_STRING;
or else the queue in DATA_DIR (.data), while nothing else has it open.
`;

export interface Command {
  readonly deed: 'list' | 'replay';
  readonly subscriptions: readonly Subscription[];
  /** Replays this one; undefined: all that there are. */
  readonly position: string | undefined;
}

/** Throws an Error that says what is wrong with what was asked. */
export function readCommand(given: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      topic: { type: 'string' },
      position: { type: 'string' },
      all: { type: 'boolean', default: false },
    },
  });
  const [deed, ...rest] = positionals;
  if ((deed !== 'list' && deed !== 'replay') || rest.length > 0) throw new Error('say either list or replay');
  const { service, topic, position, all } = values;
  for (const name of [service, topic])
    if (name !== undefined && !(services as readonly string[]).includes(name))
      throw new Error(`there is no service “${name}”`);
  const chosen = subscriptions.filter(
    (each) => each.subscription === (service ?? each.subscription) && each.topic === (topic ?? each.topic),
  );
  if (chosen.length === 0) throw new Error(`${service ?? 'nobody'} hears nothing of ${topic ?? 'anybody'}`);
  if (deed === 'list') {
    if (position !== undefined || all) throw new Error('--position and --all are for replay');
    return { deed, subscriptions: chosen, position: undefined };
  }
  if (service === undefined) throw new Error('name the --service that is to hear it again');
  if (all === (position !== undefined)) throw new Error('say either --position or --all');
  if (position !== undefined && !/^\d+$/.test(position))
    throw new Error(`a position is a number from the list, not “${position}”`);
  if (position !== undefined && chosen.length > 1)
    throw new Error(
      `each topic counts its own positions: name one with --topic (${chosen.map((each) => each.topic).join(', ')})`,
    );
  return { deed, subscriptions: chosen, position };
}
