import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandboxGateway } from '../../src/sandbox-gateway';
import type { Settings } from './cloud';

export interface Gateway {
  /** As payment-processing's settings name it. */
  readonly settings: Settings;
  /** While set, its API answers with this status, and does nothing. */
  trouble: number | undefined;
  close(): Promise<void>;
}

/** The sandbox gateway on a port of its own, elsewhere as a gateway is. */
export async function openGateway(needs: {
  readonly dataFile: string;
  readonly webhookOrigin: string;
}): Promise<Gateway> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [apiKey, secret] = ['the key of a test', 'the secret of a test'];
  const gateway = createSandboxGateway({
    dataFile: needs.dataFile,
    webhookUrl: `${needs.webhookOrigin}/api/v1/payments/webhook/sandbox`,
    publicUrl: origin,
    secret,
    apiKey,
  });
  server.on('request', (request, response) => {
    if (opened.trouble !== undefined && request.url?.startsWith('/sandbox/v1/') === true)
      response.writeHead(opened.trouble).end();
    else gateway.handle(request, response);
  });
  const opened: Gateway = {
    trouble: undefined,
    settings: {
      SANDBOX_GATEWAY_URL: `${origin}/sandbox`,
      SANDBOX_API_KEY: apiKey,
      SANDBOX_WEBHOOK_SECRET: secret,
      CHECKOUT_RETURN_URL: 'https://boxoffice.example/orders/{orderId}',
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          gateway.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return opened;
}
