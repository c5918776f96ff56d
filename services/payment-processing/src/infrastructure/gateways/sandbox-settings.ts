import type { GatewayAbilities } from '../../core/gateway';
import { gatewayPolicy } from './gateway-policy';

export interface SandboxSettings {
  /** Where its API is, without a slash at the end: `http://localhost:8080/sandbox`. */
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** For load tests: every payment takes this outcome at once, without its page being visited. */
  readonly outcome?: string;
}

export function readSandboxSettings(
  environment: Readonly<Record<string, string | undefined>>,
): SandboxSettings | undefined {
  const url = environment['SANDBOX_GATEWAY_URL'];
  const apiKey = environment['SANDBOX_API_KEY'];
  const webhookSecret = environment['SANDBOX_WEBHOOK_SECRET'];
  if (!url || !apiKey || !webhookSecret) return undefined;
  const outcome = environment['SANDBOX_OUTCOME'];
  return { url: url.replace(/\/$/, ''), apiKey, webhookSecret, ...(outcome ? { outcome } : {}) };
}

export const sandboxPolicy = gatewayPolicy('sandbox', 5000);

export const sandboxAbilities: GatewayAbilities = { methods: ['card', 'wallet'], capturesLater: true };
