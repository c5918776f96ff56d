import { parse } from 'yaml';

/** What a workflow may call. */
export interface House {
  /** Of package.json. */
  readonly scripts: ReadonlySet<string>;
  has(path: string): boolean;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job extends Step {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps?: readonly Step[] };
}

/** What is wrong with the text of a workflow, or of an action of ours, that a linter doesn't know to ask. */
export function faultsOf(text: string, house: House): readonly string[] {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs ?? {});
  const steps = [...jobs.flatMap(([, job]) => [job, ...(job.steps ?? [])]), ...(workflow.runs?.steps ?? [])];
  const faults = [
    ...(workflow.runs ? [] : faultsOfWhole(workflow)),
    ...jobs.flatMap(([name, job]) => faultsOfJob(name, job)),
    ...steps.flatMap((step) => [...faultsOfUse(step, text, house), ...faultsOfRun(step, house)]),
    ...(/\bsecrets\./.test(text) ? ['a stored secret: sign in by OIDC'] : []),
  ];
  return [...new Set(faults)];
}

function faultsOfWhole({ on, permissions, concurrency }: Workflow): string[] {
  const triggers = typeof on === 'string' ? [on] : Object.keys(on ?? {});
  return [
    ...(JSON.stringify(permissions) === '{}' ? [] : ['no `permissions: {}` at its top']),
    ...(triggers.includes('pull_request_target')
      ? ["pull_request_target runs a stranger's code with our rights"]
      : []),
    ...(concurrency === undefined && triggers.some((trigger) => trigger !== 'workflow_call')
      ? ['no concurrency: two runs may meet']
      : []),
  ];
}

function faultsOfJob(name: string, job: Job): string[] {
  const rights = job.permissions;
  return [
    ...(typeof rights === 'object' && rights !== null
      ? []
      : [`job ${name} does not say which permissions it needs`]),
    ...(job.uses === undefined && job['timeout-minutes'] === undefined
      ? [`job ${name} has no timeout-minutes`]
      : []),
  ];
}

function faultsOfUse({ uses, with: given }: Step, text: string, house: House): string[] {
  if (uses === undefined) return [];
  if (uses.startsWith('./')) {
    const called = uses.slice(2);
    return house.has(/\.ya?ml$/.test(called) ? called : `${called}/action.yml`)
      ? []
      : [`${uses} is not there`];
  }
  const faults = [];
  if (!/^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$/.test(uses))
    faults.push(`${uses} is not pinned to a commit: a tag can be moved`);
  else if (new RegExp(`uses: ${uses}(?! # v\\d+\\.\\d+\\.\\d+$)`, 'm').test(text))
    faults.push(`${uses} does not say which version that is`);
  if (uses.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false)
    faults.push('actions/checkout leaves its token to the steps after it');
  return faults;
}

function faultsOfRun({ run }: Step, house: House): string[] {
  if (run === undefined) return [];
  const scripts = Array.from(run.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g), ([, script = '']) => script);
  const files = Array.from(
    run.matchAll(/\b(?:bash|node|sh) (?:-\w+ )*([\w./-]+\.(?:sh|mjs)|\.ci\/run)|--file (infra\/[\w./-]+)/g),
    ([, program, file]) => program ?? file ?? '',
  );
  return [
    ...scripts
      .filter((script) => !house.scripts.has(script))
      .map((script) => `there is no npm run ${script}`),
    ...files.filter((file) => !house.has(file)).map((file) => `there is no ${file}`),
    ...(run.includes('${{') ? ['a shell line is made of an expression: hand it over in env'] : []),
  ];
}
