/** Azure Resource Manager over REST: the few calls of the hooks are not worth five management SDKs. */
export interface Arm {
  get<T>(path: string, apiVersion: string): Promise<T>;
  put(path: string, apiVersion: string, body: object): Promise<void>;
  remove(path: string, apiVersion: string): Promise<void>;
}

/** What it refused with, `AuthorizationFailed` for one. */
export class ArmRefusal extends Error {
  override readonly name = 'ArmRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const armScope = 'https://management.azure.com/.default';
const timeOutMilliseconds = 30_000;

/** `token` of whoever deploys; `origin` where it is not the public cloud's. */
export function armClient(token: () => Promise<string>, origin = 'https://management.azure.com'): Arm {
  const ask = async (method: string, path: string, apiVersion: string, body?: object): Promise<Response> => {
    const response = await fetch(`${origin}${path}?api-version=${apiVersion}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeOutMilliseconds),
    });
    if (!response.ok) throw await refusalOf(response, `${method} ${path}`);
    return response;
  };
  return {
    get: async <T>(path: string, apiVersion: string) =>
      (await (await ask('GET', path, apiVersion)).json()) as T,
    put: async (path, apiVersion, body) => {
      await ask('PUT', path, apiVersion, body);
    },
    remove: async (path, apiVersion) => {
      await ask('DELETE', path, apiVersion);
    },
  };
}

async function refusalOf(response: Response, asked: string): Promise<ArmRefusal> {
  const text = await response.text();
  const { code, message } = errorIn(text);
  return new ArmRefusal(response.status, code, `${asked}: ${response.status} ${code} ${message}`.trim());
}

/** `{"error":{"code":"…","message":"…"}}`, as all of it answers; anything else is shown as it came. */
function errorIn(text: string): { readonly code: string; readonly message: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; message?: string } };
    return { code: error?.code ?? '', message: error?.message ?? '' };
  } catch {
    return { code: '', message: text.slice(0, 200) };
  }
}
