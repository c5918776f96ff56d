import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mailbox } from '@boxoffice/shared/platform/embedded';
import { html } from '@boxoffice/shared/html';
import { sendPage } from './layout';

/** `/mailbox`: every e-mail that this machine would have sent. */
export function sendMailbox(req: IncomingMessage, res: ServerResponse, mailbox: Mailbox): void {
  const url = new URL(req.url ?? '/', 'http://localhost');
  const [, , id, part, place] = url.pathname.split('/').map(decodeURIComponent);
  if (id === undefined || id === '') {
    const before = Number(url.searchParams.get('before') ?? Number.NaN);
    sendList(res, mailbox, Number.isSafeInteger(before) ? before : undefined);
    return;
  }
  const message = mailbox.get(id);
  const attachment = part === 'attachments' ? message?.attachments[Number(place)] : undefined;
  if (!message || (part === 'attachments' && !attachment)) {
    sendPage(res, 'Not here', html`<h1>There is no such message</h1>`, 404);
  } else if (attachment) {
    res.writeHead(200, {
      'content-type': attachment.contentType,
      'content-disposition': `attachment; filename="${attachment.name.replace(/[^\w.-]/g, '_')}"`,
      'x-content-type-options': 'nosniff',
    });
    res.end(attachment.bytes);
  } else if (part === 'html') {
    // What a mail holds is framed without script, forms or anything from elsewhere.
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      'x-content-type-options': 'nosniff',
    });
    res.end(message.html);
  } else sendMessage(res, message);
}

type Message = NonNullable<ReturnType<Mailbox['get']>>;

function sendMessage(res: ServerResponse, message: Message): void {
  const base = `/mailbox/${encodeURIComponent(message.id)}`;
  sendPage(
    res,
    message.subject,
    html`<h1>${message.subject}</h1>
      <p class="soft">To ${message.to.name} &lt;${message.to.address}&gt; · ${message.sentAt}</p>
      <p>
        ${message.attachments.map(
          ({ name }, place) => html`<a href="${base}/attachments/${place}">${name}</a> &nbsp; `,
        )}
      </p>
      <iframe src="${base}/html" title="The message" sandbox></iframe>`,
  );
}

const pageLength = 50;

function sendList(res: ServerResponse, mailbox: Mailbox, before: number | undefined): void {
  const entries = mailbox.list({ limit: pageLength, ...(before === undefined ? {} : { before }) });
  const last = entries.at(-1);
  sendPage(
    res,
    'Mailbox',
    html`<h1>Mailbox</h1>
      <p class="soft">What this machine would have sent by e-mail, newest first.</p>
      ${entries.length === 0 ? html`<p>Nothing yet: buy a ticket.</p>` : undefined}
      <table>
        ${entries.map(
          ({ id, subject, to, sentAt, attachments }) =>
            html`<tr>
              <td><a href="/mailbox/${encodeURIComponent(id)}">${subject}</a></td>
              <td>${to.address}</td>
              <td>${attachments} attached</td>
              <td class="soft">${sentAt}</td>
            </tr>`,
        )}
      </table>
      ${
        entries.length === pageLength && last
          ? html`<p><a href="/mailbox?before=${last.position}">Older</a></p>`
          : undefined
      }`,
  );
}
