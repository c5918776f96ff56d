/**
 * The process in which a Function App's bundle runs, as the Functions worker runs it: it answers the bundle's
 * `require('@azure/functions-core')`, gathers what is registered, and invokes it with what the host would send. Node.js
 * runs this file as it is, so that nothing of jest comes between the bundle and its modules.
 */
import { randomBytes } from 'node:crypto';
import { createRequire, default as Module } from 'node:module';

export type Rpc = Readonly<Record<string, unknown>>;

export interface Registered {
  readonly name: string;
  /** The trigger's binding as the host reads it: `type`, `route`, `topicName`, `schedule` … */
  readonly trigger: Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };
  readonly retry: Readonly<Record<string, unknown>> | undefined;
}

export interface Call {
  readonly id: number;
  readonly invocationId: string;
  readonly invoke: string;
  readonly input: Rpc;
  readonly triggerMetadata: Readonly<Record<string, Rpc>>;
  /** The caller's. */
  readonly traceparent?: string | undefined;
}

export type Report =
  | {
      readonly kind: 'loaded';
      readonly functions: readonly Registered[];
      readonly milliseconds: number;
      /** Where the app takes HTTP requests itself, if it does: with HTTP streams. */
      readonly httpUri: string | undefined;
    }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly returned: Rpc | null | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
  | { readonly kind: 'terminated' };

type Callback = (...inputs: unknown[]) => unknown;

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly type: string }>>;
  readonly retryOptions?: Readonly<Record<string, unknown>>;
}

interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: Rpc | null }>;
}

interface ProgrammingModel {
  getCapabilities(capabilities: object): Promise<{ readonly HttpUri?: string }>;
  getInvocationModel(context: object): InvocationModel;
}

const report = (what: Report): void => void process.send?.(what);
const log = (level: string, _category: string, message: string): void =>
  report({ kind: 'log', level, message });

const registered = new Map<
  string,
  { readonly metadata: Metadata; readonly callback: Callback; readonly shown: Registered }
>();
const hooks: Record<string, ((context: object) => unknown)[]> = {};
let model: ProgrammingModel | undefined;

class Disposable {
  dispose(): void {
    // Nothing here takes a registration back.
  }
}

const core = {
  version: '3.99.0',
  hostVersion: '4.1038.0',
  Disposable,
  log,
  registerFunction(metadata: Metadata, callback: Callback) {
    if (registered.has(metadata.name)) throw new Error(`two functions are called ${metadata.name}`);
    const trigger = Object.entries(metadata.bindings).find(([, { type }]) => /trigger$/i.test(type));
    if (trigger === undefined) throw new Error(`${metadata.name} has no trigger`);
    const shown = {
      name: metadata.name,
      trigger: { ...trigger[1], name: trigger[0] },
      retry: metadata.retryOptions,
    };
    registered.set(metadata.name, {
      metadata,
      callback,
      shown: JSON.parse(JSON.stringify(shown)) as Registered,
    });
    return new Disposable();
  },
  registerHook(name: string, callback: (context: object) => unknown) {
    (hooks[name] ??= []).push(callback);
    return new Disposable();
  },
  setProgrammingModel(given: ProgrammingModel) {
    model = given;
  },
  getProgrammingModel: () => model,
};

const appHookData = {};
const runHooks = async (name: string): Promise<void> => {
  for (const hook of hooks[name] ?? []) await hook({ hookData: {}, appHookData });
};

async function load(bundle: string): Promise<void> {
  const began = performance.now();
  createRequire(bundle)(bundle);
  const milliseconds = performance.now() - began;
  if (model === undefined) throw new Error(`${bundle} registers nothing`);
  const { HttpUri: httpUri } = await model.getCapabilities({});
  await runHooks('appStart');
  const functions = Array.from(registered.values(), ({ shown }) => shown);
  report({ kind: 'loaded', functions, milliseconds, httpUri });
}

async function invoke({
  invoke: name,
  invocationId,
  input,
  triggerMetadata,
  traceparent,
}: Call): Promise<Rpc | null | undefined> {
  const found = registered.get(name);
  if (found === undefined || model === undefined) throw new Error(`no function is called ${name}`);
  const { metadata, callback, shown } = found;
  // The host's own span, in the caller's trace and with its word on sampling; where there is none it says "not sampled".
  const [, traceId = randomBytes(16).toString('hex'), , flags = '00'] = traceparent?.split('-') ?? [];
  const traceParent = `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
  const invocation = model.getInvocationModel({
    invocationId,
    metadata,
    state: undefined,
    request: {
      invocationId,
      triggerMetadata,
      traceContext: { traceParent, traceState: '', attributes: {} },
      inputData: [{ name: shown.trigger.name, data: input }],
    },
    log,
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, callback);
  return (await invocation.getResponse(context, result)).returnValue;
}

const told = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}
const loader = Module as unknown as Loader;
const loadModule = loader._load.bind(Module);
loader._load = (request, ...rest) =>
  request === '@azure/functions-core' ? core : loadModule(request, ...rest);

process.on('message', (message: Call | 'terminate') => {
  if (message === 'terminate') {
    void runHooks('appTerminate').finally(() => report({ kind: 'terminated' }));
    return;
  }
  invoke(message).then(
    (returned) => report({ kind: 'done', id: message.id, returned }),
    (error: unknown) =>
      report({
        kind: 'failed',
        id: message.id,
        error: told(error),
      }),
  );
});

const [, , bundle] = process.argv;
if (bundle !== undefined)
  await load(bundle).catch((error: unknown) => {
    // Left to itself, Node.js shows the line that threw first, and that is most of a bundle: more than may arrive.
    process.stderr.write(`${told(error)}\n`, () => process.exit(1));
  });
