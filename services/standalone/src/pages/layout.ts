import type { ServerResponse } from 'node:http';
import { html, type Html } from '@boxoffice/shared/html';

const style = `
:root { color-scheme: light dark; --ink: #1d1b26; --paper: #fbfaf7; --line: #dedbd2; --soft: #6b6776; --accent: #8a1538; }
@media (prefers-color-scheme: dark) { :root { --ink: #efedf3; --paper: #17151d; --line: #34303f; --soft: #a39eb0; --accent: #f08aa5; } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
header { display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; border-bottom: 1px solid var(--line); padding-bottom: .75rem; margin-bottom: 1.5rem }
header a.home { font-weight: 700; letter-spacing: .02em; font-size: 1.15rem; color: var(--accent); text-decoration: none }
a { color: var(--accent) }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .75rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 600; color: var(--soft); font-size: .85rem }
code, pre { font: 13.5px/1.5 ui-monospace, monospace }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px }
.soft { color: var(--soft) }
form.person { margin: 0 }
button, input { font: inherit; padding: .5rem .9rem; border-radius: 6px; border: 1px solid var(--line); background: transparent; color: inherit }
button { cursor: pointer } button:hover, button:focus-visible { border-color: var(--accent) }
form.person button { width: 100%; text-align: left; margin-bottom: .5rem }
label { display: block; margin: .5rem 0 .25rem }
iframe { width: 100%; min-height: 32rem; border: 1px solid var(--line); border-radius: 6px; background: #fff }
`;

/** One page of the single machine: no script, nothing from elsewhere. */
export function sendPage(res: ServerResponse, title: string, body: Html, status = 200): void {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Boxoffice</title>
        <link rel="stylesheet" href="/boxoffice.css" />
      </head>
      <body>
        <header>
          <a class="home" href="/">Boxoffice</a>
          <a href="/docs">API</a>
          <a href="/mailbox">Mailbox</a>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  res.end(page.text);
}

export function sendStyle(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' });
  res.end(style);
}
