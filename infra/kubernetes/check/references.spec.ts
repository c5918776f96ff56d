import { describe, expect, it } from '@jest/globals';
import { manifestsOf } from '../manifests';
import type { Manifest } from '../manifest';
import { complete } from '../test/environment';
import { faultsInReferences } from './references';

/** What is rendered, as plain JSON that may be spoilt. */
const rendered = (mesh: boolean): Manifest[] =>
  JSON.parse(JSON.stringify(manifestsOf(complete, { mesh }))) as Manifest[];

/** With one thing said differently wherever manifests of this kind and name say it. */
function spoilt(kind: string, name: string, said: string, instead: string): readonly Manifest[] {
  return rendered(true).map((manifest) => {
    if (manifest.kind !== kind || manifest.metadata.name !== name) return manifest;
    const text = JSON.stringify(manifest);
    if (!text.includes(said)) throw new Error(`${kind} ${name} does not say ${said}`);
    return JSON.parse(text.replace(said, instead)) as Manifest;
  });
}

describe('what manifests name', () => {
  it.each([false, true])('is all there, with a mesh: %s', (mesh) => {
    expect(faultsInReferences(rendered(mesh))).toEqual([]);
  });

  const pods = '"app.kubernetes.io/name":"notification"';
  it.each([
    ['Service', 'notification', `"selector":{${pods}}`, '"selector":{"a":"b"}', 'selector matches no pod'],
    ['Service', 'notification', '"targetPort":"http"', '"targetPort":"web"', 'no port web in notification'],
    [
      'PodDisruptionBudget',
      'notification',
      `"matchLabels":{${pods}}`,
      '"matchLabels":{"a":"b"}',
      'matches no pod',
    ],
    [
      'NetworkPolicy',
      'services',
      '"matchLabels":{"app.kubernetes.io/part-of"',
      '"matchLabels":{"part-of"',
      'matches no pod',
    ],
    [
      'AuthorizationPolicy',
      'notification',
      `"matchLabels":{${pods}}`,
      '"matchLabels":{"a":"b"}',
      'matches no pod',
    ],
    [
      'Deployment',
      'notification',
      `"matchLabels":{${pods}}`,
      '"matchLabels":{"a":"b"}',
      'not of its own pods',
    ],
    [
      'Deployment',
      'notification',
      '"serviceAccountName":"notification"',
      '"serviceAccountName":"n"',
      'no ServiceAccount n',
    ],
    ['Deployment', 'notification', '"notification-settings"', '"settings"', 'no ConfigMap settings'],
    [
      'Deployment',
      'payment-processing',
      '"secretRef":{"name":"payment-processing-secrets"',
      '"secretRef":{"name":"s"',
      'nothing makes the secret s',
    ],
    [
      'Deployment',
      'payment-processing',
      '"secretProviderClass":"payment-processing-secrets"',
      '"secretProviderClass":"s"',
      'no SecretProviderClass s',
    ],
    [
      'Deployment',
      'notification',
      '{"name":"temporary","mountPath"',
      '{"name":"tmp","mountPath"',
      'no volume tmp',
    ],
    ['Deployment', 'notification', '"port":"http"', '"port":"web"', 'a probe asks at port web'],
    [
      'ScaledObject',
      'notification',
      '"scaleTargetRef":{"name":"notification"}',
      '"scaleTargetRef":{"name":"n"}',
      'no Deployment n',
    ],
    [
      'ScaledObject',
      'notification',
      '"topicName":"ticket-inventory"',
      '"topicName":"tickets"',
      'no subscription notification of tickets',
    ],
    [
      'ScaledObject',
      'notification',
      '"authenticationRef":{"name":"count-messages"}',
      '"authenticationRef":{"name":"c"}',
      'no TriggerAuthentication c',
    ],
    [
      'DestinationRule',
      'notification',
      'notification.boxoffice.svc',
      'mail.boxoffice.svc',
      'no Service is called mail',
    ],
    [
      'VirtualService',
      'api',
      'notification.boxoffice.svc',
      'mail.boxoffice.svc',
      'no Service is called mail',
    ],
    ['VirtualService', 'api', '"gateways":["api"]', '"gateways":["door"]', 'no Gateway door'],
    [
      'ConfigMap',
      'notification-settings',
      '"namespace":"boxoffice"',
      '"namespace":"box"',
      'no Namespace box',
    ],
  ])('a %s %s is caught that says, for %s, %s: %s', (kind, name, said, instead, fault) => {
    const faults = faultsInReferences(spoilt(kind, name, said, instead));
    expect(faults.filter((each) => each.includes(fault))).not.toEqual([]);
  });
});
