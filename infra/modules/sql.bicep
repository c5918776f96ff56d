// Azure SQL: one server, which knows people and apps by Entra alone, and a database for each service that has tables.

import { sqlProfile } from '../types.bicep'

@description('Name of the server.')
param name string

@description('Where it is.')
param location string

@description('Tags of the server and its databases.')
param tags object

@description('What each database can take, and how safe it is.')
param settings sqlProfile

@description('Object id in Entra of whom the server takes as its administrator: the database users and the schema are theirs to make.')
param administratorId string

@description('What the server calls the administrator.')
param administratorName string

@description('What the administrator is.')
param administratorType 'User' | 'Group' | 'Application'

@description('Subnet of the apps, which is let in where there is no network isolation.')
param appsSubnetId string

@description('Whether it is reached through its private endpoint alone.')
param networkIsolation bool

@description('Whether nobody may delete it by mistake.')
param protected bool

@description('Where its logs go.')
param workspaceId string

var byVCore = settings.tier == 'GeneralPurpose'
var serverless = settings.minCapacity != ''
var databaseNames = ['event-management', 'payment-processing']

resource server 'Microsoft.Sql/servers@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    minimalTlsVersion: '1.2'
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      principalType: administratorType
      login: administratorName
      sid: administratorId
      tenantId: tenant().tenantId
    }
  }
}

// Nobody else is let in: not even "all of Azure", which is anybody who has a subscription.
resource fromApps 'Microsoft.Sql/servers/virtualNetworkRules@2025-01-01' = if (!networkIsolation) {
  parent: server
  name: 'from-apps'
  properties: { virtualNetworkSubnetId: appsSubnetId }
}

resource databases 'Microsoft.Sql/servers/databases@2025-01-01' = [
  for database in databaseNames: {
    parent: server
    name: database
    location: location
    tags: tags
    sku: { name: settings.sku, tier: settings.tier, family: byVCore ? 'Gen5' : null, capacity: settings.capacity }
    properties: {
      maxSizeBytes: settings.maxSizeGB * 1073741824
      minCapacity: serverless ? json(settings.minCapacity) : null
      autoPauseDelay: serverless ? settings.autoPauseDelay : null
      // Only a database of the free offer may be told of it.
      useFreeLimit: settings.freeOffer ? true : null
      freeLimitExhaustionBehavior: settings.freeOffer ? 'AutoPause' : null
      zoneRedundant: settings.zoneRedundant
      requestedBackupStorageRedundancy: settings.backupRedundancy
    }
  }
]

resource retention 'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies@2025-01-01' = [
  for (database, i) in databaseNames: {
    parent: databases[i]
    name: 'default'
    properties: { retentionDays: settings.retentionDays }
  }
]

resource auditing 'Microsoft.Sql/servers/auditingSettings@2025-01-01' = {
  parent: server
  name: 'default'
  properties: {
    state: 'Enabled'
    isAzureMonitorTargetEnabled: true
    // Who was turned away, and who changed whom or what; not each statement, for statements carry people's data.
    auditActionsAndGroups: [
      'FAILED_DATABASE_AUTHENTICATION_GROUP'
      'DATABASE_PRINCIPAL_CHANGE_GROUP'
      'DATABASE_ROLE_MEMBER_CHANGE_GROUP'
      'DATABASE_PERMISSION_CHANGE_GROUP'
    ]
  }
}

// A server's audit goes where its master database's logs go.
resource master 'Microsoft.Sql/servers/databases@2025-01-01' existing = {
  parent: server
  name: 'master'
}

resource auditDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit-to-workspace'
  scope: master
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'SQLSecurityAuditEvents', enabled: true }]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (database, i) in databaseNames: {
    name: 'to-workspace'
    scope: databases[i]
    properties: {
      workspaceId: workspaceId
      logs: [
        { category: 'Errors', enabled: true }
        { category: 'Timeouts', enabled: true }
        { category: 'Blocks', enabled: true }
        { category: 'Deadlocks', enabled: true }
      ]
    }
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protected) {
  name: 'holds-data'
  scope: server
  properties: { level: 'CanNotDelete', notes: 'Events, orders, payments and the ledger.' }
}

output id string = server.id
output hostName string = server.properties.fullyQualifiedDomainName
output databaseIds string[] = [for (database, i) in databaseNames: databases[i].id]
