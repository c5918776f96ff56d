import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { getAbsoluteFSPath } from 'swagger-ui-dist';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.html': 'text/html',
};
const files = new Set([
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
]);

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API · Boxoffice</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;

const start = (clientId: string, scope: string) => `const ui = SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#ui',
  deepLinking: true,
  oauth2RedirectUrl: location.origin + '/docs/oauth2-redirect.html',
});
ui.initOAuth({ clientId: ${JSON.stringify(clientId)}, scopes: ${JSON.stringify(`openid ${scope}`)}, usePkceWithAuthorizationCodeGrant: true });`;

/** `/docs`: the API described by itself, to read and to try. */
export function sendDocs(
  req: IncomingMessage,
  res: ServerResponse,
  signIn: { clientId: string; scope: string },
): void {
  const headers = {
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  };
  const name = (req.url ?? '').split('?')[0]?.replace(/^\/docs\/?/, '') ?? '';
  if (name === '') {
    res.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page);
  } else if (name === 'start.js') {
    res
      .writeHead(200, { ...headers, 'content-type': 'text/javascript' })
      .end(start(signIn.clientId, signIn.scope));
  } else {
    const file = path.join(getAbsoluteFSPath(), name);
    if (!files.has(name) || !existsSync(file)) {
      res.writeHead(404, headers).end();
      return;
    }
    res.writeHead(200, {
      ...headers,
      'content-type': types[path.extname(name)],
      'cache-control': 'max-age=86400',
    });
    createReadStream(file).pipe(res);
  }
}
