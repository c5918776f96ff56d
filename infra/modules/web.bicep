// The web application. It is not linked to the gateway: a linked back end gets the Static Web App's own `authorization` header in
// place of the buyer's, and 45 seconds an answer. It calls the API from the browser instead, as any client does.

@description('Name of the Static Web App.')
param name string

@description('Where it is: it is not offered everywhere.')
param location string

@description('Tags of the Static Web App.')
param tags object

@description('Free, or with a service level agreement.')
param sku 'Free' | 'Standard'

resource site 'Microsoft.Web/staticSites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'web' })
  sku: { name: sku, tier: sku }
  properties: {
    allowConfigFileUpdates: true
    stagingEnvironmentPolicy: 'Disabled'
  }
}

output url string = 'https://${site.properties.defaultHostname}'
