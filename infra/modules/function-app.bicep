// One service as a Function App on a Flex Consumption plan of its own.

import { functionsProfile, identity } from '../types.bicep'

@description('Name of the service, by which azd finds where to deploy it.')
param service string

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Where it is.')
param location string

@description('Tags of the app and its plan.')
param tags object

@description('Size and number of its instances.')
param settings functionsProfile

@description('Major version of Node.js.')
param nodeVersion '22' | '24'

@description('Requests that one instance is given at a time: what host.json lets in.')
param concurrency int

@description('Whom it is to everything that it reaches.')
param appIdentity identity

@description('The app\'s own storage account: what was deployed, and what the host keeps for itself.')
param storageAccountName string

@description('Where telemetry is sent.')
param applicationInsightsConnectionString string

@description('What the service reads, and where its triggers listen. No secret: those are references to its vault.')
param appSettings object

@description('Subnet that its own requests come from.')
param subnetId string

@description('Whether requests reach it through its private endpoint alone. Deployments come by another door, which stays open to who may deploy.')
param networkIsolation bool

@description('Where its logs go.')
param workspaceId string

var pace = settings.timersAtLeastSeconds > 0 ? { TIMERS_AT_LEAST_SECONDS: string(settings.timersAtLeastSeconds) } : {}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': service })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${appIdentity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: appIdentity.id
    virtualNetworkSubnetId: subnetId
    publicNetworkAccess: 'Enabled'
    siteConfig: {
      // No more than this: Flex Consumption refuses much of what other plans take here.
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ipSecurityRestrictionsDefaultAction: networkIsolation ? 'Deny' : 'Allow'
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
      scmIpSecurityRestrictionsUseMain: false
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}deployment'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: appIdentity.id }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: settings.instanceMemoryMB
        maximumInstanceCount: settings.maximumInstanceCount
        alwaysReady: settings.alwaysReady > 0 ? [{ name: 'http', instanceCount: settings.alwaysReady }] : []
        triggers: { http: { perInstanceConcurrency: concurrency } }
      }
    }
  }
}

resource ownSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(appSettings, pace, {
    AZURE_CLIENT_ID: appIdentity.clientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${appIdentity.clientId};Authorization=AAD'
    AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: appIdentity.clientId
  })
}

// Deploying takes a role in Entra, and no password.
resource noPasswordForFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noPasswordForScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
output blobEndpoint string = storage.properties.primaryEndpoints.blob
