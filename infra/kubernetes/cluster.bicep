// A cluster for Boxoffice beside what main.bicep deployed with network isolation: README.md says when to want one, and how.

targetScope = 'resourceGroup'

@minLength(1)
@maxLength(16)
@description('Name of the environment, as main.bicep was given it.')
param environmentName string

@description('Where the cluster is: where the rest is.')
param location string = resourceGroup().location

@description('Name of the network that main.bicep made: the cluster\'s own is joined to it.')
param networkName string

@description('Name of the Service Bus namespace, whose messages pods are counted by.')
param serviceBusName string

@description('Resource id of the Log Analytics workspace that logs go to.')
param workspaceId string

@description('Names of the services\' identities.')
param identityNames serviceNames

@description('Object id in Entra of the group that administers the cluster: nobody else enters it.')
param administratorsId string

@description('Whether services speak through the Istio add-on, with mutual TLS.')
param mesh bool = false

@description('Revision of the Istio add-on; `az aks mesh get-revisions` tells those of a region.')
param istioRevision string = 'asm-1-27'

@description('From where the cluster\'s API may be called, as ranges of addresses; empty: from everywhere, with a token of Entra.')
param operatorRanges string[] = []

@description('Size of the nodes.')
param nodeSize string = 'Standard_D4ds_v5'

@minValue(1)
@description('Nodes at the least.')
param fewestNodes int = 2

@minValue(1)
@description('Nodes at the most.')
param mostNodes int = 6

@description('Zones that the nodes are spread over; empty where the region has none.')
param zones string[] = ['1', '2', '3']

@description('A name for each service.')
type serviceNames = {
  'event-management': string
  'ticket-inventory': string
  'payment-processing': string
  notification: string
}

var env = toLower(environmentName)
var token = take(uniqueString(resourceGroup().id, env), 8)
var tags = { 'azd-env-name': environmentName }
var services = ['event-management', 'ticket-inventory', 'payment-processing', 'notification']
var privateZones = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.servicebus.windows.net'
  'privatelink.documents.azure.com'
  'privatelink${environment().suffixes.sqlServerHostname}'
  'privatelink.vaultcore.azure.net'
]
// learn.microsoft.com, "Azure built-in roles"
var networkContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
var serviceBusDataReceiver = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')
var clusterAdministrator = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b')

resource neighbour 'Microsoft.Network/virtualNetworks@2025-01-01' existing = {
  name: networkName
}

resource serviceBus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName
}

// A network of its own: main.bicep would take a subnet away from its own that it does not know.
resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: 'vnet-cluster-${env}-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.41.0.0/22'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.41.0.0/23' } }
    ]
  }
}

resource toNeighbour 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: network
  name: 'to-boxoffice'
  properties: { remoteVirtualNetwork: { id: neighbour.id }, allowVirtualNetworkAccess: true }
}

resource fromNeighbour 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
  parent: neighbour
  name: 'to-cluster'
  properties: { remoteVirtualNetwork: { id: network.id }, allowVirtualNetworkAccess: true }
}

resource zonesThere 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [
  for zone in privateZones: {
    name: zone
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in privateZones: {
    parent: zonesThere[i]
    name: 'cluster'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

resource clusterIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-cluster-${env}-${token}'
  location: location
  tags: tags
}

// It gives services addresses in the network.
resource mayUseNetwork 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(network.id, clusterIdentity.id, networkContributor)
  scope: network
  properties: {
    principalId: clusterIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: networkContributor
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
  name: 'aks-boxoffice-${env}-${token}'
  location: location
  tags: tags
  sku: { name: 'Base', tier: 'Standard' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${clusterIdentity.id}': {} } }
  properties: {
    dnsPrefix: 'boxoffice-${env}-${token}'
    enableRBAC: true
    disableLocalAccounts: true
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenant().tenantId }
    apiServerAccessProfile: { authorizedIPRanges: operatorRanges }
    oidcIssuerProfile: { enabled: true }
    securityProfile: {
      workloadIdentity: { enabled: true }
      imageCleaner: { enabled: true, intervalHours: 168 }
    }
    workloadAutoScalerProfile: { keda: { enabled: true } }
    addonProfiles: {
      azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'true' } }
    }
    serviceMeshProfile: mesh ? {
      mode: 'Istio'
      istio: {
        revisions: [istioRevision]
        components: { ingressGateways: [{ mode: 'Internal', enabled: true }] }
      }
    } : null
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      loadBalancerSku: 'standard'
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.245.0.0/16'
      dnsServiceIP: '10.245.0.10'
    }
    autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' }
    agentPoolProfiles: [
      {
        name: 'nodes'
        mode: 'System'
        type: 'VirtualMachineScaleSets'
        osType: 'Linux'
        osSKU: 'AzureLinux'
        osDiskType: 'Ephemeral'
        vmSize: nodeSize
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'nodes')
        enableAutoScaling: true
        count: fewestNodes
        minCount: fewestNodes
        maxCount: mostNodes
        availabilityZones: zones
        upgradeSettings: { maxSurge: '33%' }
      }
    ]
  }
  dependsOn: [mayUseNetwork]
}

resource administers 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cluster.id, administratorsId, clusterAdministrator)
  scope: cluster
  properties: {
    principalId: administratorsId
    principalType: 'Group'
    roleDefinitionId: clusterAdministrator
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: 'crboxoffice${token}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { adminUserEnabled: false, anonymousPullEnabled: false }
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, cluster.id, acrPull)
  scope: registry
  properties: {
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for service in services: {
    name: identityNames[service]
  }
]

// The other half of the service accounts: what the cluster says of a pod, Entra believes.
resource pods 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [
  for (service, i) in services: {
    parent: identities[i]
    name: 'cluster'
    properties: {
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:boxoffice:${service}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

resource scaler 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-scaler-${env}-${token}'
  location: location
  tags: tags
}

resource scalerPods 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = {
  parent: scaler
  name: 'keda'
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:kube-system:keda-operator'
    audiences: ['api://AzureADTokenExchange']
  }
}

// It lets one look at subscriptions, which takes no narrower role that Azure has.
resource mayCount 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(serviceBus.id, scaler.id, serviceBusDataReceiver)
  scope: serviceBus
  properties: {
    principalId: scaler.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: serviceBusDataReceiver
  }
}

resource clusterLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: cluster
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'kube-apiserver', enabled: true }
      { category: 'kube-audit-admin', enabled: true }
      { category: 'guard', enabled: true }
      { category: 'cluster-autoscaler', enabled: true }
    ]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource registryLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: registry
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerRegistryLoginEvents', enabled: true }
      { category: 'ContainerRegistryRepositoryEvents', enabled: true }
    ]
  }
}

output CLUSTER_NAME string = cluster.name
output CONTAINER_REGISTRY string = registry.properties.loginServer
output SCALER_CLIENT_ID string = scaler.properties.clientId
output ISTIO_REVISION string = mesh ? istioRevision : ''
