import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { formatMoney } from '@boxoffice/shared/kernel';
import { html, Html } from '@boxoffice/shared/html';
import type { SandboxPayment } from './store';

const style = `
:root { color-scheme: light dark; --ink: #1b2430; --paper: #f4f6f8; --card: #fff; --line: #d5dbe2; --soft: #5d6b7a; --good: #14694a }
@media (prefers-color-scheme: dark) { :root { --ink: #e9eef4; --paper: #12171d; --card: #1b222b; --line: #35404c; --soft: #9fb0c0; --good: #6fd3a8 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { width: min(34rem, 100vw - 2rem); margin: 2rem 0; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px }
h1 { font-size: 1.05rem; margin: 0; color: var(--soft); font-weight: 600 }
.amount { font-size: 2.2rem; font-weight: 700; margin: .25rem 0 0 }
.soft { color: var(--soft); margin: .25rem 0 1.5rem }
button { display: block; width: 100%; text-align: left; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; padding: .65rem .9rem; margin-bottom: .5rem; cursor: pointer }
button:hover, button:focus-visible { border-color: currentColor }
button.pay { background: var(--good); border-color: var(--good); color: var(--card); font-weight: 600 }
button small { display: block; color: var(--soft); font-weight: 400 }
button.pay small { color: inherit; opacity: .85 }
.late { display: grid; grid-template-columns: 1fr auto; gap: .5rem; align-items: start }
label { font-size: .85rem; color: var(--soft) }
input { font: inherit; width: 6.5rem; padding: .5rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft) }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

const choices: readonly { outcome: string; label: string; says: string; strong?: true }[] = [
  { outcome: 'succeed', label: 'Pay', says: 'Captured at once, and told at once.', strong: true },
  { outcome: 'decline', label: 'Decline', says: 'The bank says no.' },
  { outcome: 'slow', label: 'Be slow', says: 'Captured after five seconds.' },
  { outcome: 'twice', label: 'Answer twice', says: 'Captured, and the same notice is sent twice at once.' },
  { outcome: 'never', label: 'Never answer', says: 'Captured, and nobody is told: only asking shows it.' },
];

/** What the buyer sees: a form while the payment is open, and what became of it afterwards. */
export function sendPayPage(res: ServerResponse, payment: SandboxPayment, status = 200, note?: string): void {
  const body = html`
    <h1>${payment.description}</h1>
    <p class="amount">${formatMoney(payment)}</p>
    ${note === undefined ? undefined : html`<p role="alert">${note}</p>`}
    ${payment.status === 'open' ? form(payment) : ended(payment)}
    <footer>
      This is the sandbox gateway: no money moves here. Payment <code>${payment.reference}</code>. From a
      terminal:<br />
      <code>curl -d outcome=succeed ${'<the address of this page>'}</code><br />
      Outcomes: succeed, decline, slow, twice, late (with <code>seconds</code>), never. An integration can
      preset one when it creates a payment, with the header <code>sandbox-outcome</code>.
    </footer>
  `;
  send(res, status, 'Pay', body, payment.returnUrl);
}

export function sendNote(res: ServerResponse, status: number, note: string): void {
  send(res, status, 'Sandbox gateway', html`<h1>${note}</h1>`);
}

const form = (payment: SandboxPayment): Html => html`
  <p class="soft">How shall this payment go?</p>
  <form method="post" action="/sandbox/pay/${payment.reference}">
    ${choices.map(
      ({ outcome, label, says, strong }) => html`
        <button name="outcome" value="${outcome}" class="${strong ? 'pay' : ''}">
          ${label}<small>${says}</small>
        </button>
      `,
    )}
    <div class="late">
      <button name="outcome" value="late">
        Answer late<small>Captured so many seconds from now; left empty, after the hold has ended.</small>
      </button>
      <label>Seconds<br /><input name="seconds" inputmode="numeric" pattern="[0-9]*" maxlength="6" /></label>
    </div>
  </form>
`;

const sayings: Readonly<Record<Exclude<SandboxPayment['status'], 'open'>, string>> = {
  pending: 'Your bank is still deciding.',
  authorised: 'Your bank has set the money aside. The shop will take it, or let it go.',
  captured: 'Paid. Thank you.',
  declined: 'Your bank has declined this payment.',
  cancelled: 'This payment was taken back. Nothing was charged.',
};

const ended = (payment: SandboxPayment): Html => html`
  <p class="soft">${payment.status === 'open' ? '' : sayings[payment.status]}</p>
  <p><a href="${payment.returnUrl}">Back to the shop</a></p>
`;

function send(res: ServerResponse, status: number, title: string, body: Html, returnUrl?: string): void {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Sandbox gateway</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
  // The form's answer redirects to the shop, which browsers hold against form-action too.
  const back = returnUrl === undefined ? '' : ` ${new URL(returnUrl).origin}`;
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${back}; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  res.end(page.text);
}
