import { composedServices } from '../composed/composed-services';
import { documents } from './documents';
import { gatewayApi } from './gateway-api';
import { topology } from './topology';

/** What Bicep reads of the code: each file's name in `infra/generated`, and what is in it. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const services = composedServices();
  return new Map([
    ['topology.json', written(topology())],
    ['documents.json', written(documents(services))],
    ['gateway-api.json', written(gatewayApi(services))],
  ]);
}

const written = (data: object): string => `${JSON.stringify(data, null, 1)}\n`;
