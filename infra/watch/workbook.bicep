// The workbook: figures of the business beside those of the machines, in the order of workbook.json.

@description('Where the workbook is.')
param location string

@description('Tags of the workbook.')
param tags object

@description('What its queries are asked of.')
param workspaceId string

@description('It is found among the workbooks of this Application Insights.')
param applicationInsightsId string

@description('Ids of the resources whose own metrics are shown, by what they are called in workbook.json.')
param watched object

@description('Their types, by the same names.')
param resourceTypes object

var charts = loadJsonContent('workbook.json')
var queries = {
  'background-work': loadTextContent('workbook/background-work.kql')
  conversion: loadTextContent('workbook/conversion.kql')
  dependencies: loadTextContent('workbook/dependencies.kql')
  'e-mails': loadTextContent('workbook/e-mails.kql')
  faults: loadTextContent('workbook/faults.kql')
  holds: loadTextContent('workbook/holds.kql')
  messages: loadTextContent('workbook/messages.kql')
  payments: loadTextContent('workbook/payments.kql')
  refunds: loadTextContent('workbook/refunds.kql')
  requests: loadTextContent('workbook/requests.kql')
  sales: loadTextContent('workbook/sales.kql')
  'slowest-routes': loadTextContent('workbook/slowest-routes.kql')
  'stock-commits': loadTextContent('workbook/stock-commits.kql')
}
// As the portal's charts number them.
var aggregations = { Total: 1, Minimum: 2, Maximum: 3, Average: 4, Count: 7 }

var timeRange = {
  type: 9
  name: 'time range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    parameters: [
      {
        id: guid('time range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: { durationMs: 14400000 }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 14400000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
            { durationMs: 2592000000 }
          ]
          allowCustom: true
        }
      }
    ]
  }
}
var headings = map([charts.titles.business, charts.titles.technical, charts.titles.platform], title => [
  { type: 1, name: title, content: { json: '## ${title}' } }
])
var ofQueries = map([charts.business, charts.technical], some => map(some, chart => {
  type: 3
  name: chart.query
  customWidth: '50'
  content: {
    version: 'KqlItem/1.0'
    query: queries[chart.query]
    size: 0
    title: chart.title
    timeContextFromParameter: 'TimeRange'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    crossComponentResources: [workspaceId]
    visualization: chart.shape
  }
}))
var ofMetrics = map(charts.platform, chart => {
  type: 10
  name: chart.title
  customWidth: '50'
  content: {
    chartId: guid(chart.title)
    version: 'MetricsItem/2.0'
    size: 0
    chartType: 2
    title: chart.title
    timeContextFromParameter: 'TimeRange'
    resourceType: toLower(resourceTypes[chart.on])
    metricScope: 0
    resourceIds: watched[chart.on]
    metrics: [
      {
        namespace: toLower(resourceTypes[chart.on])
        metric: '${toLower(resourceTypes[chart.on])}--${chart.metric}'
        aggregation: aggregations[chart.aggregation]
        splitBy: empty(chart.splitBy) ? null : chart.splitBy
      }
    ]
  }
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'boxoffice')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Boxoffice'
    category: 'workbook'
    sourceId: applicationInsightsId
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([timeRange], headings[0], ofQueries[0], headings[1], ofQueries[1], headings[2], ofMetrics)
      fallbackResourceIds: [workspaceId]
    })
  }
}
