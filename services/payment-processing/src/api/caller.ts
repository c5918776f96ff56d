import type { Principal } from '@boxoffice/shared/http';
import type { Caller } from '../core/finance/desk';

/** An address that the provider says it has not verified opens nobody's books. */
export const callerFrom = ({ userId, email, emailIsUnverified }: Principal): Caller => ({
  userId,
  email: emailIsUnverified === true ? '' : email,
});
