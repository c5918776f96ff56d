const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * By what a database knows an application or managed identity: the 16 bytes of its client id (learn.microsoft.com,
 * sys.server_principals, column `sid`) in SQL Server's order, which has the first three groups backwards. As `0x…` in capitals.
 */
export function sidOf(clientId: string): string {
  if (!guid.test(clientId)) throw new Error(`not a client id: ${clientId}`);
  const groups = clientId.split('-').map((group) => Buffer.from(group, 'hex'));
  const bytes = groups.map((group, at) => (at < 3 ? group.reverse() : group));
  return `0x${Buffer.concat(bytes).toString('hex').toUpperCase()}`;
}
