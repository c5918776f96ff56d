// The secrets of one service. Each service that has any has a vault of its own: a role on a vault opens all that is in it, and
// who prints tickets has no business with the keys that move money.

@description('Name of the vault: 3 to 24 letters, digits and hyphens.')
param name string

@description('Where it is.')
param location string

@description('Tags of the vault.')
param tags object

@description('Whether it is reached through its private endpoint alone.')
param networkIsolation bool

@description('Whether nobody may delete it by mistake, and nobody at all for good before 90 days are over.')
param protected bool

@description('Where its logs go.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: protected ? 90 : 7
    // Once on it can't be put off, and false is not taken.
    enablePurgeProtection: protected ? true : null
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: networkIsolation ? 'Deny' : 'Allow' }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protected) {
  name: 'holds-keys'
  scope: vault
  properties: { level: 'CanNotDelete', notes: 'Without these keys no ticket can be signed, or no payment taken.' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
output url string = vault.properties.vaultUri
