import type { WebhookFault, WebhookVerdict } from '../../core/gateway';
import { adyenPackage } from './adyen-package';
import { noticeFrom } from './adyen-wire';
import { identifier, isUnreadable, object, text, UnreadableAnswer, type Json } from './answer';

/**
 * A notification carries its signature in its item. It covers names, amount, event and success, and no time: that a notice is not
 * new, only its id tells.
 */
export async function adyenVerdict(
  rawBody: Uint8Array,
  ours: { readonly hmacKey: string; readonly merchantAccount: string },
): Promise<WebhookVerdict> {
  try {
    const item = onlyItem(JSON.parse(Buffer.from(rawBody).toString()));
    const fault = await signatureFault(item, ours.hmacKey);
    if (fault) return { genuine: false, fault };
    // A webhook may be set up for a whole company.
    if (item['merchantAccountCode'] !== ours.merchantAccount)
      return {
        genuine: true,
        notice: { id: identifier(item, 'pspReference', 50), concerns: 'nothing-of-ours' },
      };
    return { genuine: true, notice: noticeFrom(item) };
  } catch (error) {
    if (isUnreadable(error)) return { genuine: false, fault: 'malformed' };
    throw error;
  }
}

/** In JSON one item comes at a time. What is signed of it is as the package, which puts it together, takes it to be. */
function onlyItem(value: unknown): Json {
  const items = object(value)['notificationItems'];
  if (!Array.isArray(items) || items.length !== 1) throw new UnreadableAnswer('notificationItems');
  const item = object(object(items[0])['NotificationRequestItem']);
  for (const member of ['pspReference', 'merchantAccountCode', 'eventCode', 'success']) text(item, member);
  for (const member of ['originalReference', 'merchantReference'])
    if (item[member] !== undefined && typeof item[member] !== 'string') throw new UnreadableAnswer(member);
  object(item['amount']);
  return item;
}

async function signatureFault(item: Json, hmacKey: string): Promise<WebhookFault | undefined> {
  const { additionalData } = item;
  const given = additionalData === undefined ? undefined : object(additionalData)['hmacSignature'];
  if (typeof given !== 'string' || given === '') return 'unsigned';
  const { hmacValidator } = await adyenPackage();
  const validator = new hmacValidator();
  const right = validator.validateHMAC(
    item as unknown as Parameters<typeof validator.validateHMAC>[0],
    hmacKey,
  );
  return right ? undefined : 'forged';
}
