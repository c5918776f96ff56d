import type { PolicySettings } from '@boxoffice/shared/resilience';
import { GatewaySilent } from '../../core/gateway';

/** How a gateway is called. Every call may be repeated: those that change anything carry a key that it recognises, or look first. */
export const gatewayPolicy = (name: string, timeoutMilliseconds = 10_000): PolicySettings => ({
  name,
  timeoutMilliseconds,
  retries: 1,
  bulkhead: { atOnce: 64, waiting: 1000 },
  isTransient: (error) => error instanceof GatewaySilent,
});
