import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Mailbox } from '@boxoffice/shared/platform/embedded';
import type { SandboxGateway } from '../sandbox-gateway';
import { clientId, scope, type SignIn } from '../sign-in/provider';
import { sendDocs } from './docs';
import { sendStyle } from './layout';
import { sendMailbox } from './mailbox';
import { sendReturned, sendSignedIn, sendStart } from './start';

export interface PageNeeds {
  /** None where others could read it. */
  readonly mailbox: Mailbox | undefined;
  readonly signIn: SignIn | undefined;
  readonly sandbox: SandboxGateway | undefined;
  readonly metricsText: () => string;
}

/** Everything on this machine's port that is not the API; true for what it takes. */
export function pagesOf({ mailbox, signIn, sandbox, metricsText }: PageNeeds) {
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    if (path.startsWith('/api/')) return false;
    if (mailbox && !isLocalName(req.headers.host)) res.writeHead(421).end();
    else if (path === '/') sendStart(res);
    else if (path === '/boxoffice.css') sendStyle(res);
    else if (path === '/docs' || path.startsWith('/docs/')) sendDocs(req, res, { clientId, scope });
    else if (mailbox && (path === '/mailbox' || path.startsWith('/mailbox/'))) sendMailbox(req, res, mailbox);
    else if (path === '/signed-in') sendSignedIn(res);
    else if (path === '/returned') sendReturned(res);
    else if (mailbox && path === '/metrics')
      res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metricsText());
    else if (sandbox && path.startsWith('/sandbox/')) sandbox.handle(req, res);
    else return signIn?.handle(req, res) ?? false;
    return true;
  };
}

// Another site's name that resolves to this machine would otherwise let that site's pages read these.
const isLocalName = (host = ''): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
