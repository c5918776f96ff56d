import type { ServerResponse } from 'node:http';
import { html } from '@boxoffice/shared/html';
import { sendPage } from './layout';

/** `/`: what is where. */
export function sendStart(res: ServerResponse): void {
  sendPage(
    res,
    'Start',
    html`<h1>The box office is open</h1>
      <p>This machine runs the whole of Boxoffice. Its API is meant for programs; these pages are for you.</p>
      <table>
        <tr>
          <td><a href="/docs">/docs</a></td>
          <td>The API, to read and to try. Sign in there with <em>Authorize</em>.</td>
        </tr>
        <tr>
          <td><a href="/api/v1/events">/api/v1/events</a></td>
          <td>What is on.</td>
        </tr>
        <tr>
          <td><a href="/mailbox">/mailbox</a></td>
          <td>Every e-mail that would have been sent: tickets, receipts, apologies.</td>
        </tr>
        <tr>
          <td><a href="/api/v1/ticket-keys">/api/v1/ticket-keys</a></td>
          <td>The public keys that tickets are verified with, also without a network.</td>
        </tr>
        <tr>
          <td><a href="/api/v1/openapi.json">/api/v1/openapi.json</a></td>
          <td>The API as OpenAPI 3.1.</td>
        </tr>
        <tr>
          <td><a href="/metrics">/metrics</a></td>
          <td>Counters and times since the start, as Prometheus reads them.</td>
        </tr>
      </table>
      <p class="soft">README.md walks you through a purchase, word by word.</p>`,
  );
}

/** Where a sign-in from the command line ends: the code is in the address. */
export function sendSignedIn(res: ServerResponse): void {
  sendPage(
    res,
    'Signed in',
    html`<h1>Signed in</h1>
      <p>The address of this page carries the code that was asked for.</p>`,
  );
}

/** Where the gateway sends a buyer back to. */
export function sendReturned(res: ServerResponse): void {
  sendPage(
    res,
    'Back from the gateway',
    html`<h1>Back from the gateway</h1>
      <p>
        Your order goes on by itself. Once it is paid, tickets and receipt are in the
        <a href="/mailbox">mailbox</a>.
      </p>`,
  );
}
