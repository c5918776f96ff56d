import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  expand,
  isUnknown,
  Sources,
  type ExpandedResource,
  type Expansion,
  type Value,
  type ValueObject,
} from '../check';

const infra = path.resolve(__dirname, '..');

export const profileNames = ['free', 'dev', 'staging', 'prod'] as const;

/** What an operator has to say, and a little more, so that nothing is left out. */
const usual = {
  environmentName: 'Test',
  location: 'westeurope',
  principalId: 'whoever-deploys',
  oidcIssuer: 'https://sign-in.example/v2.0/',
  oidcAudience: 'boxoffice',
  alertEmails: ['operator@example.com'],
  budgetAmount: 100,
};

/** All that `azd provision` would make with these parameters. */
export const deployed = (parameters: ValueObject = {}, sources = new Sources()): Expansion =>
  expand(sources, path.join(infra, 'main.bicep'), { ...usual, ...parameters });

/** The templates with a fault: in `file`, `instead` stands in the place of every `of`. */
export function withFault(file: string, of: string, instead: string): Sources {
  const at = path.join(infra, file);
  const text = readFileSync(at, 'utf8');
  if (!text.includes(of)) throw new Error(`${file} does not say: ${of}`);
  return new Sources({ [at]: text.replaceAll(of, instead) });
}

export const ofType = ({ resources }: Expansion, type: string): readonly ExpandedResource[] =>
  resources.filter((resource) => resource.type === type);

/** The settings of each service's Function App. */
export const appSettings = (expansion: Expansion, service: string): ValueObject =>
  ofType(expansion, 'Microsoft.Web/sites/config').find(({ name }) => name.startsWith(`func-${service}-`))
    ?.properties ?? {};

/** As it is told in a message, or looked for in one. */
export const textOf = (value: Value | undefined): string =>
  typeof value === 'string' ? value : isUnknown(value) ? value.toString() : JSON.stringify(value ?? null);
