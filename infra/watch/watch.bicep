// Who is woken, by what, and the one page that shows how the box office does. What wakes whom is data in alerts.json, what is
// asked of the logs in alerts/ and workbook/; README.md lists all of it.

@description('Where the log alerts and the workbook are.')
param location string

@description('Tags of every resource.')
param tags object

@description('Decides the thresholds: what is little on a free plan is much in production.')
param profile 'free' | 'dev' | 'staging' | 'prod'

@description('The Log Analytics workspace that Application Insights writes to.')
param workspaceId string

@description('The workbook is found among those of this Application Insights.')
param applicationInsightsId string

@description('Its dead letters and backlog are watched.')
param serviceBusNamespaceId string

@description('Its 429s are watched.')
param cosmosAccountId string

@description('The CPU of each is watched.')
param sqlDatabaseIds string[]

@description('The CPU of each is watched.')
param functionAppIds string[]

@description('Its 5xx are watched.')
param apiManagementId string

@description('Who is written to when an alert fires.')
param alertEmails string[]

var alerts = loadJsonContent('alerts.json')
var alertQueries = {
  'messages-late': loadTextContent('alerts/messages-late.kql')
  'nobody-looks': loadTextContent('alerts/nobody-looks.kql')
  'paid-without-tickets': loadTextContent('alerts/paid-without-tickets.kql')
  'payments-failing': loadTextContent('alerts/payments-failing.kql')
  'refunds-for-a-person': loadTextContent('alerts/refunds-for-a-person.kql')
  'server-errors': loadTextContent('alerts/server-errors.kql')
  'slow-requests': loadTextContent('alerts/slow-requests.kql')
}

var watched = {
  apiManagement: [apiManagementId]
  cosmos: [cosmosAccountId]
  functionApp: functionAppIds
  serviceBus: [serviceBusNamespaceId]
  sqlDatabase: sqlDatabaseIds
}
// A rule for each resource: rules over several of them exist for some types only.
var metricRules = flatten(map(alerts.metrics, alert => map(watched[alert.on], id => { alert: alert, id: id })))

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-boxoffice'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'boxoffice'
    enabled: true
    emailReceivers: [
      for (email, i) in alertEmails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: 'alert-${rule.alert.name}-${last(split(rule.id, '/'))}'
    location: 'global'
    tags: tags
    properties: {
      description: '${rule.alert.what} Runbook: docs/operations/${rule.alert.runbook}'
      severity: rule.alert.severity
      enabled: true
      scopes: [rule.id]
      evaluationFrequency: rule.alert.every
      windowSize: rule.alert.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.alert.name
            metricNamespace: alerts.resourceTypes[rule.alert.on]
            metricName: rule.alert.metric
            timeAggregation: rule.alert.aggregation
            dimensions: rule.alert.dimensions
            operator: rule.alert.operator
            threshold: rule.alert.threshold[profile]
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]

resource queryAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts.queries: {
    name: 'alert-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.name
      description: '${alert.what} Runbook: docs/operations/${alert.runbook}'
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: alert.every
      windowSize: alert.window
      autoMitigate: true
      // A new workspace has none of the tables before the first telemetry has arrived; our own test knows them.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alertQueries[alert.name]
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'value'
            operator: alert.operator
            threshold: alert.threshold[profile]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

module workbook 'workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: tags
    workspaceId: workspaceId
    applicationInsightsId: applicationInsightsId
    watched: watched
    resourceTypes: alerts.resourceTypes
  }
}

@description('The action group, for what else should wake the same people.')
output actionGroupId string = people.id
