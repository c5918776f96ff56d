import Ajv, { type ValidateFunction } from 'ajv';
import type { Manifest } from '../manifest';
import published from '../schemas/published.json';

const schemas = new Ajv({ strict: false, allErrors: true, verbose: true });
schemas.addSchema({ $id: 'published', $defs: published.$defs });
const validators = new Map<string, ValidateFunction>(
  Object.entries(published.kinds).map(([kind, schema]) => [
    kind,
    schemas.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"published#/$defs/')) as object,
    ),
  ]),
);

/** What the API server would refuse: kinds and members that there are not, types, and what is required. */
export function faultsInSchema(manifest: Manifest): readonly string[] {
  const { apiVersion, kind, metadata } = manifest;
  const validate = validators.get(`${apiVersion} ${kind}`);
  if (validate === undefined) return [`no kind ${kind} in ${apiVersion}`];
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) => {
    const member = 'additionalProperty' in params ? `: ${String(params['additionalProperty'])}` : '';
    return `${kind} ${metadata.name}${instancePath} ${message}${member}`;
  });
}
