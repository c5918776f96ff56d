import { randomBytes } from 'node:crypto';
import { machineChance, machineClock } from '@boxoffice/shared/platform/embedded';
import { ulids } from '@boxoffice/shared/kernel';
import { encodeTicketCode, publicKeyFrom, signingKeyFrom, verifyTicketCode } from '@boxoffice/shared/tokens';
import type { Group } from '../group';

/** What a scanner does without a network, on one core. */
export const tickets: Group = async ({ seconds, report }) => {
  const key = signingKeyFrom('ticket', randomBytes(32));
  const published = publicKeyFrom(key.publicKey);
  const ids = ulids(machineClock, machineChance);
  const [eventId, ticketTypeId] = [ids.next(), ids.next()];
  const codes = Array.from({ length: 5000 }, (_, i) =>
    encodeTicketCode({ ticketId: `${eventId}-10000012003-${i + 1}`, ticketTypeId, issue: 1 }, key),
  );
  let verified = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 250) {
    const code = codes[verified % codes.length] ?? '';
    if (!verifyTicketCode(code, () => published).valid) throw new Error(`a good ticket was refused: ${code}`);
    verified++;
  }
  const perSecond = (1000 * verified) / (performance.now() - began);
  report({
    name: 'tickets verified offline, one core',
    value: perSecond,
    unit: '/s',
    atLeast: 10_000,
  });
};
