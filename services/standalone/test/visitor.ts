import { createHash, randomBytes, randomUUID } from 'node:crypto';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Someone who is signed in and talks to the API over HTTP. */
export class Visitor {
  constructor(
    readonly origin: string,
    readonly token: string | undefined,
  ) {}

  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const reply = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return {
      status: reply.status,
      headers: reply.headers,
      body: (text.startsWith('{') ? JSON.parse(text) : {}) as Body,
    };
  }

  /** Like send, but anything but a 2xx is an error that tells what was answered. */
  async get<Body = Record<string, unknown>>(path: string): Promise<Body> {
    return (await this.must<Body>('GET', path)).body;
  }
  async post<Body = Record<string, unknown>>(
    path: string,
    body: object = {},
    headers?: Record<string, string>,
  ): Promise<Body> {
    return (await this.must<Body>('POST', path, body, headers)).body;
  }
  private async must<Body>(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>> {
    const answer = await this.send<Body>(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }
}

/** Signs in at the machine's own provider, as a browser would: authorisation code with PKCE. */
export async function signIn(origin: string, email: string): Promise<Visitor> {
  const verifier = randomBytes(32).toString('base64url');
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const reply = await fetch(new URL(url, origin), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return reply;
  };
  const redirectUri = `${origin}/signed-in`;
  const query = new URLSearchParams({
    client_id: 'boxoffice',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid boxoffice',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  let reply = await go(`/oidc/auth?${query.toString()}`);
  for (let hop = 0; hop < 8; hop++) {
    const location = reply.headers.get('location');
    if (!location) throw new Error(`sign-in stopped with ${reply.status}: ${await reply.text()}`);
    const code = location.startsWith(redirectUri) ? new URL(location).searchParams.get('code') : null;
    if (code) {
      const tokens = await go('/oidc/token', {
        grant_type: 'authorization_code',
        client_id: 'boxoffice',
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      });
      const { access_token: token } = (await tokens.json()) as { access_token?: string };
      if (!token) throw new Error(`no access token: ${tokens.status}`);
      return new Visitor(origin, token);
    }
    reply = await go(location, location.includes('/sign-in/') ? { email } : undefined);
  }
  throw new Error('sign-in goes round in circles');
}
