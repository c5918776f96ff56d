// Log Analytics, and Application Insights that keeps its telemetry there.

import { monitoringProfile } from '../types.bicep'

@description('Name of the workspace.')
param workspaceName string

@description('Name of Application Insights.')
param applicationInsightsName string

@description('Where they are.')
param location string

@description('Tags of both.')
param tags object

@description('How much is kept, and for how long.')
param settings monitoringProfile

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: settings.retentionDays
    workspaceCapping: { dailyQuotaGb: json(settings.dailyQuotaGB) }
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: workspace
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'Audit', enabled: true }]
  }
}

output workspaceId string = workspace.id
output applicationInsightsId string = applicationInsights.id
output applicationInsightsName string = applicationInsights.name

@description('Where telemetry is sent: an address, and no key, for whoever sends needs a role.')
output connectionString string = applicationInsights.properties.ConnectionString
