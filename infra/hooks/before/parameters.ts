/** A parameter of `main.bicep` that has to come from azd's environment. */
export interface Needed {
  readonly parameter: string;
  /** In azd's environment. */
  readonly variable: string;
  /** What the template says of it. */
  readonly description: string;
}

/** Filled by azd itself: who is signed in and what that is, whatever the environment says (since 1.17.1); it asks for the others. */
const ownOfAzd = new Set(['AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_PRINCIPAL_ID', 'AZURE_PRINCIPAL_TYPE']);

/**
 * What `main.parameters.json` takes from the environment (`${NAME}` without `=otherwise`) for parameters to which
 * `main.bicep` gives no default: azd would ask for them one by one, and in CI stop at it.
 */
export function neededParameters(parametersFile: string, template: string): readonly Needed[] {
  const { parameters } = JSON.parse(parametersFile) as {
    parameters: Readonly<Record<string, { readonly value?: unknown }>>;
  };
  return Object.entries(parameters).flatMap(([parameter, { value }]) => {
    const variable = /^\$\{(\w+)\}$/.exec(typeof value === 'string' ? value : '')?.[1];
    const declared = declarationOf(template, parameter);
    if (variable === undefined || ownOfAzd.has(variable) || !declared.isRequired) return [];
    return [{ parameter, variable, description: declared.description }];
  });
}

/** Decorators, a line each (`@description('…')` among them), then `param name type` and perhaps `= default`. */
function declarationOf(
  template: string,
  parameter: string,
): { readonly isRequired: boolean; readonly description: string } {
  const declared = new RegExp(`((?:^@.*\\n)*)^param ${parameter}\\b(.*)$`, 'm').exec(template);
  const [, decorators = '', type = ''] = declared ?? [];
  const [, description = ''] = /^@description\('(.*)'\)$/m.exec(decorators) ?? [];
  return {
    isRequired: declared !== null && !/=|\?\s*$/.test(type),
    description: description.replaceAll(/\\(.)/g, '$1'),
  };
}
