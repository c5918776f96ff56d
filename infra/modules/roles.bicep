// Who may do what, all in one place. Database users of Azure SQL are the one thing that Azure Resource Manager can't make: a
// step after the deployment does.

import { principals } from '../types.bicep'

@description('Whom the services are.')
param services principals

@description('Whom the gateway is.')
param gatewayPrincipalId string

@description('Each service\'s own storage account.')
param storageAccountNames principals

@description('Name of Application Insights.')
param applicationInsightsName string

@description('Name of the Service Bus namespace.')
param serviceBusName string

@description('Name of the Cosmos DB account.')
param cosmosName string

@description('Name of ticket-inventory\'s vault.')
param ticketInventoryVaultName string

@description('Name of payment-processing\'s vault.')
param paymentProcessingVaultName string

@description('Name of the communication service.')
param communicationName string

@description('Whoever deploys by hand, and so may put keys into the vaults; empty: nobody.')
param operatorId string

var serviceNames = ['event-management', 'ticket-inventory', 'payment-processing', 'notification']
var topology = loadJsonContent('../generated/topology.json')
var documents = loadJsonContent('../generated/documents.json')

// learn.microsoft.com, "Azure built-in roles"
var storageBlobDataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
var monitoringMetricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
var serviceBusDataSender = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
var serviceBusDataReceiver = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
var keyVaultSecretsOfficer = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7')
var communicationAndEmailServiceOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '09976791-48a7-449e-bb21-39d1a415f350')

// The Functions host keeps its locks there and reads what was deployed: it makes containers of its own, so less does not do.
resource storageAccounts 'Microsoft.Storage/storageAccounts@2025-06-01' existing = [
  for service in serviceNames: {
    name: storageAccountNames[service]
  }
]

resource hostsStore 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (service, i) in serviceNames: {
    name: guid(storageAccounts[i].id, services[service], storageBlobDataOwner)
    scope: storageAccounts[i]
    properties: {
      principalId: services[service]
      principalType: 'ServicePrincipal'
      roleDefinitionId: storageBlobDataOwner
    }
  }
]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource allTell 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for service in serviceNames: {
    name: guid(applicationInsights.id, services[service], monitoringMetricsPublisher)
    scope: applicationInsights
    properties: {
      principalId: services[service]
      principalType: 'ServicePrincipal'
      roleDefinitionId: monitoringMetricsPublisher
    }
  }
]

resource gatewayTells 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(applicationInsights.id, gatewayPrincipalId, monitoringMetricsPublisher)
  scope: applicationInsights
  properties: {
    principalId: gatewayPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: monitoringMetricsPublisher
  }
}

resource serviceBus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName
}

resource topics 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' existing = [
  for topic in topology.topics: {
    parent: serviceBus
    name: topic
  }
]

// Each service speaks on its own topic,
resource speak 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (topic, i) in topology.topics: {
    name: guid(topics[i].id, services[topic], serviceBusDataSender)
    scope: topics[i]
    properties: {
      principalId: services[topic]
      principalType: 'ServicePrincipal'
      roleDefinitionId: serviceBusDataSender
    }
  }
]

resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' existing = [
  for subscription in topology.subscriptions: {
    name: '${serviceBusName}/${subscription.topic}/${subscription.name}'
  }
]

// and hears from its own subscriptions.
resource hear 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (subscription, i) in topology.subscriptions: {
    name: guid(subscriptions[i].id, services[subscription.name], serviceBusDataReceiver)
    scope: subscriptions[i]
    properties: {
      principalId: services[subscription.name]
      principalType: 'ServicePrincipal'
      roleDefinitionId: serviceBusDataReceiver
    }
  }
]

resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' existing = {
  name: cosmosName
}

// Cosmos DB has roles of its own: this one is to read and write documents, in the service's own database. One at a time, for the
// account takes no more.
@batchSize(1)
resource keepDocuments 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [
  for database in documents.databases: {
    parent: cosmos
    name: guid(cosmos.id, database, services[database])
    properties: {
      principalId: services[database]
      roleDefinitionId: '${cosmos.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
      scope: '${cosmos.id}/dbs/${database}'
    }
  }
]

resource ticketInventoryVault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: ticketInventoryVaultName
}

resource paymentProcessingVault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: paymentProcessingVaultName
}

// Officers, for the services make some of their secrets themselves, at their first start.
resource ticketInventorySecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(ticketInventoryVault.id, services['ticket-inventory'], keyVaultSecretsOfficer)
  scope: ticketInventoryVault
  properties: {
    principalId: services['ticket-inventory']
    principalType: 'ServicePrincipal'
    roleDefinitionId: keyVaultSecretsOfficer
  }
}

resource paymentProcessingSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(paymentProcessingVault.id, services['payment-processing'], keyVaultSecretsOfficer)
  scope: paymentProcessingVault
  properties: {
    principalId: services['payment-processing']
    principalType: 'ServicePrincipal'
    roleDefinitionId: keyVaultSecretsOfficer
  }
}

resource operatorTicketSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (operatorId != '') {
  name: guid(ticketInventoryVault.id, operatorId, keyVaultSecretsOfficer)
  scope: ticketInventoryVault
  properties: {
    principalId: operatorId
    principalType: 'User'
    roleDefinitionId: keyVaultSecretsOfficer
  }
}

resource operatorPaymentSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (operatorId != '') {
  name: guid(paymentProcessingVault.id, operatorId, keyVaultSecretsOfficer)
  scope: paymentProcessingVault
  properties: {
    principalId: operatorId
    principalType: 'User'
    roleDefinitionId: keyVaultSecretsOfficer
  }
}

resource communication 'Microsoft.Communication/communicationServices@2025-09-01' existing = {
  name: communicationName
}

// No narrower role of Azure's sends mail.
resource sendMail 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, services.notification, communicationAndEmailServiceOwner)
  scope: communication
  properties: {
    principalId: services.notification
    principalType: 'ServicePrincipal'
    roleDefinitionId: communicationAndEmailServiceOwner
  }
}
