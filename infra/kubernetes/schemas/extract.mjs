// Makes published.json: of the schemas that Kubernetes and the add-ons publish, the kinds that are rendered here, without their words.
//
//   node infra/kubernetes/schemas/extract.mjs SWAGGER.json CRD.yaml …
//
// SWAGGER.json is Kubernetes' OpenAPI document (api/openapi-spec/swagger.json of kubernetes/kubernetes, or
// src/gen/swagger.json.unprocessed of kubernetes-client/javascript). The rest are custom resource definitions: of kedacore/charts
// (keda/templates/crds, without the lines of Helm), istio/api (kubernetes/customresourcedefinitions.gen.yaml) and
// kubernetes-sigs/secrets-store-csi-driver (config/crd/bases).
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const kinds = [
  ...['v1 Namespace', 'v1 ServiceAccount', 'v1 ConfigMap', 'v1 Service', 'apps/v1 Deployment'],
  ...['policy/v1 PodDisruptionBudget', 'networking.k8s.io/v1 NetworkPolicy'],
  ...['secrets-store.csi.x-k8s.io/v1 SecretProviderClass'],
  ...['keda.sh/v1alpha1 ScaledObject', 'keda.sh/v1alpha1 TriggerAuthentication'],
  ...['networking.istio.io/v1 Gateway', 'networking.istio.io/v1 VirtualService'],
  ...['networking.istio.io/v1 DestinationRule'],
  ...['security.istio.io/v1 PeerAuthentication', 'security.istio.io/v1 AuthorizationPolicy'],
];
const [swaggerFile, ...crdFiles] = process.argv.slice(2);
if (!swaggerFile || crdFiles.length === 0) {
  console.error(
    'Name the OpenAPI document and the files of custom resource definitions: see the head of this file.',
  );
  process.exit(2);
}

const { definitions } = JSON.parse(readFileSync(swaggerFile, 'utf8'));
const found = {};
const kept = {};

for (const [name, definition] of Object.entries(definitions))
  for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? [])
    note(group, version, kind, () => referTo(name));
for (const file of crdFiles)
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const { spec } = document.toJS() ?? {};
    for (const { name, schema } of spec?.versions ?? [])
      note(spec.group, name, spec.names.kind, () => custom(schema.openAPIV3Schema));
  }

const missing = kinds.filter((kind) => !(kind in found));
if (missing.length > 0) {
  console.error(`Not in those files: ${missing.join(', ')}`);
  process.exit(1);
}
const file = path.join(import.meta.dirname, 'published.json');
writeFileSync(file, `${JSON.stringify({ kinds: found, $defs: kept })}\n`);
console.log(`${file}: ${kinds.length} kinds`);

function note(group, version, kind, schema) {
  const name = `${group ? `${group}/` : ''}${version} ${kind}`;
  if (kinds.includes(name)) found[name] = schema();
}

/** What the API server knows besides of every custom resource. */
function custom(schema) {
  const own = strict(schema);
  delete own.properties.status;
  own.properties.apiVersion = own.properties.kind = { type: 'string' };
  own.properties.metadata = referTo('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
  own.required = [...new Set([...(own.required ?? []), 'metadata', 'spec'])];
  return own;
}

function referTo(name) {
  if (!(name in kept)) {
    kept[name] = {}; // it may name itself
    kept[name] = strict(definitions[name]);
  }
  return { $ref: `#/$defs/${name}` };
}

/** The same without descriptions and extensions, and with no member but those that are named: `kubectl apply` is as strict. */
function strict(schema) {
  if (schema.$ref) return referTo(schema.$ref.replace('#/definitions/', ''));
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string')
    return { type: ['integer', 'string'] };
  const own = {};
  for (const key of ['type', 'enum', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'required'])
    if (key in schema) own[key] = schema[key];
  for (const key of ['minItems', 'maxItems']) if (key in schema) own[key] = schema[key];
  for (const key of ['oneOf', 'anyOf', 'allOf', 'not']) if (key in schema) own[key] = schema[key];
  if (schema.items) own.items = strict(schema.items);
  if (schema.properties)
    own.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [key, strict(value)]),
    );
  if (typeof schema.additionalProperties === 'object')
    own.additionalProperties = strict(schema.additionalProperties);
  else if (schema.properties && !schema['x-kubernetes-preserve-unknown-fields'])
    own.additionalProperties = false;
  return own;
}
