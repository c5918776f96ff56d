// A private endpoint in the network for each resource, and the zones in which the network finds them under their usual names.

@description('Where the endpoints are.')
param location string

@description('Tags of the endpoints and zones.')
param tags object

@description('The network that finds them.')
param networkId string

@description('Where in it they are.')
param subnetId string

@description('The Function Apps.')
param functionAppIds string[]

@description('The storage accounts, of which blobs are reached.')
param storageAccountIds string[]

@description('The vaults.')
param vaultIds string[]

@description('The Service Bus namespace.')
param serviceBusId string

@description('The Cosmos DB account.')
param cosmosId string

@description('The database server.')
param sqlServerId string

// learn.microsoft.com, "Azure Private Endpoint private DNS zone values"
var kinds = [
  { ids: functionAppIds, groupId: 'sites', zone: 'privatelink.azurewebsites.net' }
  { ids: storageAccountIds, groupId: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { ids: vaultIds, groupId: 'vault', zone: 'privatelink.vaultcore.azure.net' }
  { ids: [serviceBusId], groupId: 'namespace', zone: 'privatelink.servicebus.windows.net' }
  { ids: [cosmosId], groupId: 'Sql', zone: 'privatelink.documents.azure.com' }
  { ids: [sqlServerId], groupId: 'sqlServer', zone: 'privatelink${environment().suffixes.sqlServerHostname}' }
]
var targets = flatten(map(kinds, kind => map(kind.ids, id => { id: id, groupId: kind.groupId, zone: kind.zone })))

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for kind in kinds: {
    name: kind.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (kind, i) in kinds: {
    parent: zones[i]
    name: 'boxoffice'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-01-01' = [
  for target in targets: {
    name: 'pe-${last(split(target.id, '/'))}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.groupId
          properties: { privateLinkServiceId: target.id, groupIds: [target.groupId] }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = [
  for (target, i) in targets: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: target.groupId
          properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', target.zone) }
        }
      ]
    }
    dependsOn: [zones]
  }
]
