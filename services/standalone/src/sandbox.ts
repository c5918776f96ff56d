import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Platform } from '@boxoffice/shared/platform';
import { createSandboxGateway, type SandboxGateway } from './sandbox-gateway';
import type { Environment, StandaloneSettings } from './settings';

export interface Sandbox extends SandboxGateway {
  /** What payment-processing needs to know of it. */
  readonly environment: Environment;
}

/** The sandbox gateway of this machine, with keys of its own; none where others could reach it. */
export async function openSandbox(
  settings: StandaloneSettings,
  platform: Platform,
): Promise<Sandbox | undefined> {
  if (!settings.private) return undefined;
  const newKey = (): string => randomBytes(24).toString('base64url');
  const apiKey = await platform.secrets.getOrCreate('sandbox-api-key', newKey);
  const secret = await platform.secrets.getOrCreate('sandbox-webhook-secret', newKey);
  const here = `http://127.0.0.1:${settings.port}`;
  const gateway = createSandboxGateway({
    dataFile: path.join(settings.dataDir, 'sandbox-gateway.db'),
    webhookUrl: `${here}/api/v1/payments/webhook/sandbox`,
    publicUrl: settings.publicUrl,
    secret,
    apiKey,
  });
  return Object.assign(gateway, {
    environment: {
      SANDBOX_GATEWAY_URL: `${here}/sandbox`,
      SANDBOX_API_KEY: apiKey,
      SANDBOX_WEBHOOK_SECRET: secret,
    },
  });
}
