import type { Gateway, Gateways } from '../../core/gateway';

export const gatewaysOf = (gateways: readonly Gateway[]): Gateways => ({
  names: gateways.map((gateway) => gateway.name),
  named: (name) => gateways.find((gateway) => gateway.name === name),
});
