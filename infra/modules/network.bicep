// The network that the apps' own requests come from. It costs nothing, so it is always there: the database server lets in this
// network and nobody else. With network isolation the gateway and the private endpoints join it.

@description('Name of the network.')
param name string

@description('Where it is.')
param location string

@description('Tags of the network.')
param tags object

resource gatewaySecurity 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: '${name}-gateway'
  location: location
  tags: tags
  properties: {
    securityRules: [] // what every group has from the start is enough, but API Management asks that there be one
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/22'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.40.0.0/23'
          delegations: [{ name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }]
          serviceEndpoints: [{ service: 'Microsoft.Sql' }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.40.2.0/26'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
      {
        name: 'gateway'
        properties: {
          addressPrefix: '10.40.2.64/27'
          delegations: [{ name: 'api-management', properties: { serviceName: 'Microsoft.Web/serverFarms' } }]
          networkSecurityGroup: { id: gatewaySecurity.id }
        }
      }
    ]
  }
}

output id string = network.id
output appsSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'apps')
output endpointsSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'endpoints')
output gatewaySubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'gateway')
