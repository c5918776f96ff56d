// Service Bus with the topics, subscriptions and rules that the code speaks of: generated/topology.json is written from
// shared/src/contracts/topology.ts.

@description('Name of the namespace.')
param name string

@description('Where it is.')
param location string

@description('Tags of the namespace.')
param tags object

@description('Private endpoints take Premium.')
param sku 'Standard' | 'Premium'

@description('Whether it is reached through its private endpoint alone.')
param networkIsolation bool

@description('Where its logs go.')
param workspaceId string

var topology = loadJsonContent('../generated/topology.json')

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: sku, capacity: sku == 'Premium' ? 1 : null }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
  }
}

resource topics 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = [
  for topic in topology.topics: {
    parent: namespace
    name: topic
    properties: {
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: topology.duplicateWindow
    }
  }
]

resource subscriptions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for subscription in topology.subscriptions: {
    name: '${name}/${subscription.topic}/${subscription.name}'
    properties: {
      lockDuration: topology.lockDuration
      maxDeliveryCount: topology.maxDeliveryCount
      deadLetteringOnMessageExpiration: true
      deadLetteringOnFilterEvaluationExceptions: true
    }
    dependsOn: [topics]
  }
]

// One at a time: Service Bus refuses two changes of one subscription at once.
@batchSize(1)
resource rules 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [
  for rule in topology.rules: {
    name: '${name}/${rule.topic}/${rule.subscription}/${rule.name}'
    properties: {
      filterType: 'CorrelationFilter'
      correlationFilter: rule.filter
    }
    dependsOn: [subscriptions]
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
  }
}

output id string = namespace.id
output name string = namespace.name

@description('The namespace\'s host: `<name>.servicebus.windows.net`.')
output hostName string = split(split(namespace.properties.serviceBusEndpoint, '//')[1], ':')[0]
