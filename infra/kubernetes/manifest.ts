import type { ServiceName } from '@boxoffice/shared/contracts';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';

/** One document of what `kubectl apply` is given. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly name: string };
}

/** Of a kind that an add-on brought along: its schema is in schemas/published.json. */
export interface Custom<Spec> extends Manifest {
  readonly spec: Spec;
}

export const namespace = 'boxoffice';
export const partOf = { 'app.kubernetes.io/part-of': 'boxoffice' } as const;
/** Which pods are a service's. */
export const selectorOf = (name: ServiceName) => ({ 'app.kubernetes.io/name': name });
export const labelsOf = (name: ServiceName) => ({ ...partOf, ...selectorOf(name) });

/** Where the Functions host listens; ports below 1024 are for root. */
export const port = 8080;

export const settingsName = (name: ServiceName): string => `${name}-settings`;
export const secretsName = (name: ServiceName): string => `${name}-secrets`;
