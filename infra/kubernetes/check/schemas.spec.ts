import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments, stringify } from 'yaml';
import { manifestsOf } from '../manifests';
import type { Manifest } from '../manifest';
import { complete } from '../test/environment';
import { faultsInSchema } from './schemas';

/** Printed and read again: what `kubectl` would see. */
const printed = (mesh: boolean): readonly Manifest[] =>
  parseAllDocuments(
    manifestsOf(complete, { mesh })
      .map((each) => stringify(each, { aliasDuplicateObjects: false }))
      .join('---\n'),
  ).map((document) => document.toJS() as Manifest);

const spoilt = (kind: string, said: string, instead: string): Manifest => {
  const text = JSON.stringify(printed(true).find((each) => each.kind === kind));
  if (!text.includes(said)) throw new Error(`${kind} does not say ${said}`);
  return JSON.parse(text.replace(said, instead)) as Manifest;
};

describe('against the published schemas', () => {
  it.each([false, true])('every manifest is right, with a mesh: %s', (mesh) => {
    expect(printed(mesh).length).toBeGreaterThan(25);
    expect(printed(mesh).flatMap(faultsInSchema)).toEqual([]);
  });

  it.each([
    [
      'Deployment',
      '"containerPort"',
      '"containerPorts"',
      'must NOT have additional properties: containerPorts',
    ],
    ['Deployment', '"runAsNonRoot":true', '"runAsNonRoot":"yes"', 'runAsNonRoot must be boolean'],
    ['Deployment', '"selector"', '"selectors"', "must have required property 'selector'"],
    ['Deployment', '"cpu":"250m"', '"cpu":0.25', 'requests/cpu must be string'],
    ['Service', '"targetPort"', '"targetport"', 'must NOT have additional properties: targetport'],
    ['NetworkPolicy', '"ipBlock":{"cidr"', '"ipBlock":{"range"', "must have required property 'cidr'"],
    ['ScaledObject', '"minReplicaCount":2', '"minReplicaCount":"2"', 'minReplicaCount must be integer'],
    ['ScaledObject', '"value":"60"', '"value":60', 'metadata/value must be string'],
    [
      'TriggerAuthentication',
      '"azure-workload"',
      '"azure-workloads"',
      'must be equal to one of the allowed values',
    ],
    ['SecretProviderClass', '"secretName"', '"secret"', 'must NOT have additional properties: secret'],
    ['PeerAuthentication', '"STRICT"', '"STRICTLY"', 'must be equal to one of the allowed values'],
    ['VirtualService', '"destination"', '"destinations"', "must have required property 'destination'"],
    ['AuthorizationPolicy', '"spec"', '"specs"', "must have required property 'spec'"],
    [
      'DestinationRule',
      '"apiVersion":"networking.istio.io/v1"',
      '"apiVersion":"networking.istio.io/v9"',
      'no kind',
    ],
    ['ConfigMap', '"kind":"ConfigMap"', '"kind":"ConfigMaps"', 'no kind ConfigMaps in v1'],
  ])('%s with %s as %s is refused', (kind, said, instead, fault) => {
    expect(faultsInSchema(spoilt(kind, said, instead)).join('\n')).toContain(fault);
  });
});
