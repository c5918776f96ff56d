// API Management: the one address of the API. It checks tokens, limits rates, and hands each operation to the app of its service.

import { backend, identity } from '../types.bicep'

@description('Name of the service.')
param name string

@description('Where it is.')
param location string

@description('Tags of the service.')
param tags object

@description('`Consumption` neither limits rates by caller nor streams events; the network takes `StandardV2`.')
param sku 'Consumption' | 'BasicV2' | 'StandardV2'

@description('Who runs it, for notices of Azure.')
param publisherEmail string

@description('Whom it is to Application Insights.')
param gatewayIdentity identity

@description('Subnet that it reaches the apps through; empty: it reaches them over the internet.')
param subnetId string

@description('The apps.')
param backends backend[]

@description('Who issues tokens: compared with `iss` to the letter.')
param oidcIssuer string

@description('Where the issuer\'s keys are found.')
param oidcDiscoveryUrl string

@description('One of them must be among a token\'s `aud`.')
param oidcAudiences string[]

@description('Web applications that browsers may call the API from.')
param origins string[]

@description('Requests a minute that one caller may make.')
param callsPerMinute int

@description('Where its requests are told of.')
param applicationInsightsId string

@description('Where telemetry is sent.')
param applicationInsightsConnectionString string

@description('Requests that are told of, in per cent.')
param sampling int

@description('Where its logs go.')
param workspaceId string

var dedicated = sku != 'Consumption'
var rateLimit = dedicated ? replace(loadTextContent('../policies/rate-limit.xml'), '$(calls)', string(callsPerMinute)) : ''
var checkToken = replace(
  replace(
    replace(loadTextContent('../policies/check-token.xml'), '$(discovery-url)', replace(oidcDiscoveryUrl, '&', '&amp;')),
    '$(issuer)',
    replace(oidcIssuer, '&', '&amp;')
  ),
  '$(audiences)',
  join(map(oidcAudiences, audience => '<audience>${audience}</audience>'), '')
)
var policy = replace(
  replace(
    replace(loadTextContent('../policies/api.xml'), '<!-- check-token.xml -->', checkToken),
    '<!-- rate-limit.xml -->',
    rateLimit
  ),
  '<!-- origins -->',
  join(map(origins, origin => '<origin>${origin}</origin>'), '')
)

resource service 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, capacity: dedicated ? 1 : 0 }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${gatewayIdentity.id}': {} } }
  properties: {
    publisherEmail: publisherEmail
    publisherName: 'Boxoffice'
    virtualNetworkType: subnetId == '' ? 'None' : 'External'
    virtualNetworkConfiguration: subnetId == '' ? null : { subnetResourceId: subnetId }
  }
}

resource services 'Microsoft.ApiManagement/service/backends@2024-05-01' = [
  for app in backends: {
    parent: service
    name: app.name
    properties: {
      url: app.url
      protocol: 'http'
      tls: { validateCertificateChain: true, validateCertificateName: true }
    }
  }
]

resource api 'Microsoft.ApiManagement/service/apis@2024-05-01' = {
  parent: service
  name: 'boxoffice'
  properties: {
    displayName: 'Boxoffice'
    path: 'api/v1'
    protocols: ['https']
    subscriptionRequired: false
    format: 'openapi+json'
    value: loadTextContent('../generated/gateway-api.json')
  }
}

resource apiPolicy 'Microsoft.ApiManagement/service/apis/policies@2024-05-01' = {
  parent: api
  name: 'policy'
  properties: { format: 'xml', value: policy }
  dependsOn: [services]
}

resource logger 'Microsoft.ApiManagement/service/loggers@2024-05-01' = {
  parent: service
  name: 'application-insights'
  properties: {
    loggerType: 'applicationInsights'
    resourceId: applicationInsightsId
    credentials: {
      connectionString: applicationInsightsConnectionString
      identityClientId: gatewayIdentity.clientId
    }
  }
}

// In W3C's words, so that a request is one trace from the browser to the bus; without bodies, which would hold streams up, and
// without the callers' addresses.
resource telemetry 'Microsoft.ApiManagement/service/apis/diagnostics@2024-05-01' = {
  parent: api
  name: 'applicationinsights'
  properties: {
    loggerId: logger.id
    alwaysLog: 'allErrors'
    httpCorrelationProtocol: 'W3C'
    logClientIp: false
    sampling: { samplingType: 'fixed', percentage: sampling }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (dedicated) {
  name: 'to-workspace'
  scope: service
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'GatewayLogs', enabled: true }]
  }
}

output id string = service.id
output name string = service.name
output apiUrl string = '${service.properties.gatewayUrl}/${api.properties.path}'
