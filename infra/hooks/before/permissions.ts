export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** What `azd up` does that Contributor alone may not: say so before an hour is spent. */
export const neededActions = [
  'Microsoft.Resources/deployments/write',
  'Microsoft.Resources/subscriptions/resourceGroups/write',
  'Microsoft.Authorization/roleAssignments/write',
] as const;

/** As Azure reads role definitions: any permission that names the action, with `*` for anything, and does not take it back. */
export const mayDo = (permissions: readonly Permission[], action: string): boolean =>
  permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => covers(pattern, action)) &&
      !notActions.some((pattern) => covers(pattern, action)),
  );

function covers(pattern: string, action: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(action);
}
