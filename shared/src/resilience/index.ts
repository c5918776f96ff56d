export { policy, type Policy, type PolicySettings } from './policy';
export { Unavailable, type UnavailableReason } from './unavailable';
