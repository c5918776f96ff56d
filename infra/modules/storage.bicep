// The storage account of one Function App: what is deployed, and what the Functions host keeps for itself. An app may write
// all of its own account, so none shares one with another: it could rewrite the other's code.

@description('Name of the account: 3 to 24 lower-case letters and digits.')
param name string

@description('Where it is.')
param location string

@description('Tags of the account.')
param tags object

@description('How many copies there are, and where.')
param sku 'Standard_LRS' | 'Standard_ZRS'

@description('Whether it is reached through its private endpoint alone.')
param networkIsolation bool

@description('Where its logs go.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'None', defaultAction: networkIsolation ? 'Deny' : 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource deployment 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'deployment'
  properties: { publicAccess: 'None' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    // Not what is read and written: the host renews its locks every few seconds.
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

output id string = account.id
