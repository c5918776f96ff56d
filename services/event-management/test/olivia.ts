import { draft, furnish, openStage, stalls, type Answered, type Call } from './stage';

export const idOf = ({ body }: Answered) => String(body['eventId']);
export const etagOf = ({ headers }: Answered) => headers['etag']!;

const faultsOf = ({ body }: Answered) => body['errors'] as unknown as { field: string; code: string }[];
export const codes = (answer: Answered) => faultsOf(answer).map(({ code }) => code);
export const fields = (answer: Answered) => faultsOf(answer).map(({ field }) => field);

/** A stage with a venue and a category, and what the organiser Olivia does on it. */
export async function openStageForOlivia() {
  const stage = await openStage();
  const where = await furnish(stage);
  const olivia = (method: string, path: string, call: Call = {}) =>
    stage.call(method, path, { as: 'olivia', ...call });
  const make = (change: object = {}) => olivia('POST', '/events', { body: draft(where, change) });
  const sell = (eventId: string, change: object = {}) =>
    olivia('POST', `/events/${eventId}/ticket-types`, { body: { ...stalls, ...change } });
  const publish = (eventId: string) => olivia('POST', `/events/${eventId}/publish`);
  const published = async (change: object = {}) => {
    const eventId = idOf(await make(change));
    await sell(eventId);
    return publish(eventId);
  };
  return { stage, where, olivia, make, sell, publish, published };
}
