import type { Principal } from '@boxoffice/shared/http';
import type { Holder } from '../core/my-tickets';

/** An address that the provider says it has not verified opens nobody's wallet. */
export const holderOf = ({ userId, name, email, emailIsUnverified }: Principal): Holder => ({
  userId,
  name,
  email: emailIsUnverified === true ? '' : email,
});
