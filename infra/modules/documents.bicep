// Cosmos DB with the databases and containers that the code speaks of: generated/documents.json is written from what each
// service composes.

import { documentsProfile } from '../types.bicep'

@description('Name of the account.')
param name string

@description('Where it is.')
param location string

@description('Tags of the account.')
param tags object

@description('What it can take, and how safe it is.')
param settings documentsProfile

@description('Whether it is reached through its private endpoint alone.')
param networkIsolation bool

@description('Whether nobody may delete it by mistake.')
param protected bool

@description('Where its logs go.')
param workspaceId string

var documents = loadJsonContent('../generated/documents.json')
var autoscale = settings.sharedMaxThroughput > 0 ? { autoscaleSettings: { maxThroughput: settings.sharedMaxThroughput } } : {}
var shared = settings.sharedThroughput > 0 ? { throughput: settings.sharedThroughput } : autoscale

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: settings.zoneRedundant }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    capabilities: settings.serverless ? [{ name: 'EnableServerless' }] : []
    enableFreeTier: settings.freeTier
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: settings.backup } }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
  }
}

resource databases 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = [
  for database in documents.databases: {
    parent: account
    name: database
    properties: {
      resource: { id: database }
      options: shared
    }
  }
]

resource containers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for container in documents.containers: {
    name: '${name}/${container.database}/${container.name}'
    properties: {
      resource: {
        id: container.name
        partitionKey: { kind: 'Hash', version: 2, paths: [container.partitionKey] }
        defaultTtl: container.defaultTtl
        indexingPolicy: {
          indexingMode: 'consistent'
          automatic: true
          includedPaths: [{ path: '/*' }]
          excludedPaths: container.unindexed
        }
      }
      options: contains(settings.ownMaxThroughput, container.name) ? { autoscaleSettings: { maxThroughput: settings.ownMaxThroughput[container.name] } } : {}
    }
    dependsOn: [databases]
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protected) {
  name: 'holds-data'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'Stock, tickets and notifications.' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    // Not each request: on a busy evening that would cost more than the requests.
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyStatistics', enabled: true }
    ]
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.documentEndpoint
