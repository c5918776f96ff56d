import { loopback, type Asked, type Loopback, type Told } from '../../../shared/test/doubles/loopback';

/** Azure Resource Manager, as far as the hooks ask it: resources by path, lists with `value`; what is changed is remembered. */
export class ArmDouble {
  /** `PUT path from–to`, `DELETE path`. */
  readonly changed: string[] = [];
  readonly tokens = new Set<string>();
  private refusal: { readonly told: Told; readonly method: string | undefined } | undefined;

  private constructor(private readonly resources: Map<string, object>) {}

  static async start(resources: Readonly<Record<string, object>>): Promise<ArmDouble & Loopback> {
    const double = new ArmDouble(new Map(Object.entries(resources)));
    return Object.assign(double, await loopback((asked) => double.answer(asked)));
  }

  put(path: string, resource: object): void {
    this.resources.set(path, resource);
  }

  /** Every change from now on, or each by that method. */
  refuse(status: number, code: string, message: string, method?: 'PUT' | 'DELETE'): void {
    this.refusal = { told: { status, body: { error: { code, message } } }, method };
  }

  private answer({ method, path, query, headers, body }: Asked): Told {
    if (!query.has('api-version'))
      return { status: 400, body: { error: { code: 'MissingApiVersionParameter' } } };
    this.tokens.add(headers.authorization ?? '');
    if (method === 'GET') {
      const resource = this.resources.get(path);
      return resource
        ? { status: 200, body: resource }
        : { status: 404, body: { error: { code: 'ResourceNotFound' } } };
    }
    if (this.refusal && (this.refusal.method ?? method) === method) return this.refusal.told;
    const at = path.lastIndexOf('/');
    const [list, name] = [path.slice(0, at), path.slice(at + 1)];
    const { value = [] } = (this.resources.get(list) ?? {}) as { value?: readonly { name: string }[] };
    const others = value.filter((rule) => rule.name !== name);
    if (method === 'DELETE') {
      this.changed.push(`DELETE ${path}`);
      this.resources.set(list, { value: others });
      return { status: 200 };
    }
    const { properties } = JSON.parse(body.toString()) as {
      properties: { startIpAddress: string; endIpAddress: string };
    };
    this.changed.push(`PUT ${path} ${properties.startIpAddress}–${properties.endIpAddress}`);
    this.resources.set(list, { value: [...others, { name }] });
    return { status: 201, body: { name, properties } };
  }
}
