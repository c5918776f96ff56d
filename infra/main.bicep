// All of Boxoffice on Azure, in one resource group. README.md says what there is and why.

targetScope = 'subscription'

import {
  eventManagementSettings
  keyOwner
  notificationSettings
  paymentProcessingSettings
  profileName
  ticketInventorySettings
} from 'types.bicep'
import { profiles } from 'profiles.bicep'

@minLength(1)
@maxLength(16)
@description('Name of the environment: part of every name, and a tag.')
param environmentName string

@description('Where all of it is, but for what is global or has a place of its own.')
param location string

@description('Where the web application is: not every region offers it.')
@allowed(['centralus', 'eastasia', 'eastus2', 'westeurope', 'westus2'])
param webLocation string = 'westeurope'

@description('Where mail is kept on its way, as Communication Services names places.')
param mailDataLocation string = 'Europe'

@description('How much of everything there is.')
param profile profileName = 'free'

@description('Whether data is reached through private endpoints alone, and the apps through the gateway alone. Takes the `StandardV2` tier of API Management and the `Premium` tier of Service Bus, whatever the profile says.')
param networkIsolation bool = false

@description('Major version of Node.js that the apps run on.')
param nodeVersion '22' | '24' = '24'

@description('Object id in Entra of whoever deploys.')
param principalId string

@description('What whoever deploys is.')
param principalType 'User' | 'ServicePrincipal' | 'Group' = 'User'

@description('Object id in Entra of a group that administers the database server; empty: whoever deploys does.')
param sqlAdministratorGroupId string = ''

@minLength(1)
@description('Who issues tokens: compared with `iss` to the letter. Azure AD B2C ends it with a slash, Entra External ID does not.')
param oidcIssuer string

@minLength(1)
@description('What tokens are issued for; several with commas between.')
param oidcAudience string

@description('Where the issuer is described; empty: at the usual place below the issuer. Azure AD B2C has it elsewhere, by policy.')
param oidcDiscoveryUrl string = ''

@description('The claim that has a caller\'s roles.')
param oidcRolesClaim string = 'roles'

@description('A scope that each token must have; empty: none.')
param oidcRequiredScope string = ''

@description('The policies of Azure AD B2C that are let in, with commas between; empty: policies are not looked at.')
param oidcPolicies string = ''

@description('Web applications beside our own that browsers may call the API from.')
param otherOrigins string[] = []

@description('A domain that mail is sent from, verified beforehand; empty: one of Azure\'s, which lets through only a few messages an hour.')
param mailDomain string = ''

@description('Whose keys are in the vault of payment-processing. Name them once they are there: a reference to a key that is not would be taken for the key.')
param keysInVault keyOwner[] = []

@description('Settings of event-management that are not to be as usual.')
param eventManagement eventManagementSettings = {}

@description('Settings of ticket-inventory that are not to be as usual.')
param ticketInventory ticketInventorySettings = {}

@description('Settings of payment-processing that are not to be as usual.')
param paymentProcessing paymentProcessingSettings = {}

@description('Settings of notification that are not to be as usual.')
param notification notificationSettings = {}

@description('Whom alerts and the budget write to.')
param alertEmails string[] = []

@minValue(0)
@description('What a month may cost, in the currency of the subscription, before somebody is written to; 0: no budget.')
param budgetAmount int = 0

@description('The first day of the month that the budget begins in: it is an output too, for a budget takes no other later.')
param budgetStartDate string = utcNow('yyyy-MM-01')

var settings = profiles[profile]
var env = toLower(environmentName)
var token = take(uniqueString(subscription().id, env, location), 8)
var tags = { 'azd-env-name': environmentName }
var suffix = '${env}-${token}'
var apiManagementSku = networkIsolation ? 'StandardV2' : settings.apiManagementSku
var serviceBusSku = networkIsolation ? 'Premium' : settings.serviceBusSku
var discoveryUrl = oidcDiscoveryUrl == '' ? '${oidcIssuer}${endsWith(oidcIssuer, '/') ? '' : '/'}.well-known/openid-configuration' : oidcDiscoveryUrl
var services = ['event-management', 'ticket-inventory', 'payment-processing', 'notification']
var storageAccountNames = {
  'event-management': 'stevents${token}'
  'ticket-inventory': 'stinventory${token}'
  'payment-processing': 'stpayments${token}'
  notification: 'stnotification${token}'
}
var paymentProcessingVaultName = 'kv-payments-${token}'
// The keys of each, as the code names them; in the vault, with hyphens and in lower case.
var keys = {
  adyen: ['ADYEN_API_KEY', 'ADYEN_HMAC_KEY', 'ADYEN_REPORT_KEY']
  'fraud-measures': ['FRAUD_HASH_KEY']
  'mercado-pago': ['MERCADO_PAGO_ACCESS_TOKEN', 'MERCADO_PAGO_WEBHOOK_SECRET']
  paypal: ['PAYPAL_CLIENT_SECRET']
  razorpay: ['RAZORPAY_KEY_SECRET', 'RAZORPAY_WEBHOOK_SECRET']
  sandbox: ['SANDBOX_API_KEY', 'SANDBOX_WEBHOOK_SECRET']
  square: ['SQUARE_ACCESS_TOKEN', 'SQUARE_WEBHOOK_KEY']
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-boxoffice-${env}'
  location: location
  tags: tags
}

module identities 'modules/identities.bicep' = {
  name: 'identities'
  scope: group
  params: {
    location: location
    tags: tags
    eventManagementName: 'id-event-management-${suffix}'
    ticketInventoryName: 'id-ticket-inventory-${suffix}'
    paymentProcessingName: 'id-payment-processing-${suffix}'
    notificationName: 'id-notification-${suffix}'
    gatewayName: 'id-gateway-${suffix}'
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-boxoffice-${suffix}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-boxoffice-${suffix}'
    applicationInsightsName: 'appi-boxoffice-${suffix}'
    location: location
    tags: tags
    settings: settings.monitoring
  }
}

module storage 'modules/storage.bicep' = [
  for service in services: {
    name: 'storage-${service}'
    scope: group
    params: {
      name: storageAccountNames[service]
      location: location
      tags: tags
      sku: settings.storageSku
      networkIsolation: networkIsolation
      workspaceId: monitoring.outputs.workspaceId
    }
  }
]

module messaging 'modules/messaging.bicep' = {
  name: 'messaging'
  scope: group
  params: {
    name: 'sb-boxoffice-${suffix}'
    location: location
    tags: tags
    sku: serviceBusSku
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
}

module documents 'modules/documents.bicep' = {
  name: 'documents'
  scope: group
  params: {
    name: 'cosmos-boxoffice-${suffix}'
    location: location
    tags: tags
    settings: settings.documents
    networkIsolation: networkIsolation
    protected: settings.protected
    workspaceId: monitoring.outputs.workspaceId
  }
}

module sql 'modules/sql.bicep' = {
  name: 'sql'
  scope: group
  params: {
    name: 'sql-boxoffice-${suffix}'
    location: location
    tags: tags
    settings: settings.sql
    administratorId: sqlAdministratorGroupId == '' ? principalId : sqlAdministratorGroupId
    administratorName: 'boxoffice-administrators'
    administratorType: sqlAdministratorGroupId != '' || principalType == 'Group' ? 'Group' : principalType == 'ServicePrincipal' ? 'Application' : 'User'
    appsSubnetId: network.outputs.appsSubnetId
    networkIsolation: networkIsolation
    protected: settings.protected
    workspaceId: monitoring.outputs.workspaceId
  }
}

module ticketInventoryVault 'modules/vault.bicep' = {
  name: 'vault-ticket-inventory'
  scope: group
  params: {
    name: 'kv-inventory-${token}'
    location: location
    tags: tags
    networkIsolation: networkIsolation
    protected: settings.protected
    workspaceId: monitoring.outputs.workspaceId
  }
}

module paymentProcessingVault 'modules/vault.bicep' = {
  name: 'vault-payment-processing'
  scope: group
  params: {
    name: paymentProcessingVaultName
    location: location
    tags: tags
    networkIsolation: networkIsolation
    protected: settings.protected
    workspaceId: monitoring.outputs.workspaceId
  }
}

module mail 'modules/mail.bicep' = {
  name: 'mail'
  scope: group
  params: {
    emailName: 'acs-email-boxoffice-${suffix}'
    name: 'acs-boxoffice-${suffix}'
    tags: tags
    dataLocation: mailDataLocation
    domain: mailDomain
    workspaceId: monitoring.outputs.workspaceId
  }
}

module web 'modules/web.bicep' = {
  name: 'web'
  scope: group
  params: {
    name: 'stapp-boxoffice-${suffix}'
    location: webLocation
    tags: tags
    sku: settings.webSku
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    services: {
      'event-management': identities.outputs.eventManagement.principalId
      'ticket-inventory': identities.outputs.ticketInventory.principalId
      'payment-processing': identities.outputs.paymentProcessing.principalId
      notification: identities.outputs.notification.principalId
    }
    gatewayPrincipalId: identities.outputs.gateway.principalId
    storageAccountNames: storageAccountNames
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    serviceBusName: messaging.outputs.name
    cosmosName: documents.outputs.name
    ticketInventoryVaultName: ticketInventoryVault.outputs.name
    paymentProcessingVaultName: paymentProcessingVault.outputs.name
    communicationName: mail.outputs.name
    operatorId: principalType == 'User' ? principalId : ''
  }
  dependsOn: [storage]
}

// What every service reads: who signs people in, and where it speaks.
var usual = {
  OIDC_ISSUER: oidcIssuer
  OIDC_AUDIENCE: oidcAudience
  OIDC_DISCOVERY_URL: discoveryUrl
  OIDC_ROLES_CLAIM: oidcRolesClaim
  OIDC_REQUIRED_SCOPE: oidcRequiredScope
  OIDC_POLICIES: oidcPolicies
  SERVICE_BUS_NAMESPACE: messaging.outputs.hostName
  TRACES_PERCENT: string(settings.monitoring.gatewaySampling)
}

var keyReferences = toObject(
  flatten(map(keysInVault, owner => keys[owner])),
  name => name,
  name => '@Microsoft.KeyVault(VaultName=${paymentProcessingVaultName};SecretName=${toLower(replace(name, '_', '-'))})'
)

// The apps come after the roles: one that starts before it may reach its own storage does not start for a while.
module eventManagementApp 'modules/function-app.bicep' = {
  name: 'app-event-management'
  scope: group
  params: {
    service: 'event-management'
    name: 'func-event-management-${suffix}'
    planName: 'plan-event-management-${suffix}'
    location: location
    tags: tags
    settings: settings.functions
    nodeVersion: nodeVersion
    concurrency: 200
    appIdentity: identities.outputs.eventManagement
    storageAccountName: storageAccountNames['event-management']
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    appSettings: union(usual, eventManagement, {
      AZURE_SQL_SERVER: sql.outputs.hostName
      AZURE_SQL_DATABASE: 'event-management'
    })
    subnetId: network.outputs.appsSubnetId
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

module ticketInventoryApp 'modules/function-app.bicep' = {
  name: 'app-ticket-inventory'
  scope: group
  params: {
    service: 'ticket-inventory'
    name: 'func-ticket-inventory-${suffix}'
    planName: 'plan-ticket-inventory-${suffix}'
    location: location
    tags: tags
    settings: settings.functions
    nodeVersion: nodeVersion
    concurrency: 500
    appIdentity: identities.outputs.ticketInventory
    storageAccountName: storageAccountNames['ticket-inventory']
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    appSettings: union(usual, ticketInventory, {
      COSMOS_ENDPOINT: documents.outputs.endpoint
      KEY_VAULT_URL: ticketInventoryVault.outputs.url
      ServiceBusConnection__fullyQualifiedNamespace: messaging.outputs.hostName
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identities.outputs.ticketInventory.clientId
      CosmosDbConnection__accountEndpoint: documents.outputs.endpoint
      CosmosDbConnection__credential: 'managedidentity'
      CosmosDbConnection__clientId: identities.outputs.ticketInventory.clientId
    })
    subnetId: network.outputs.appsSubnetId
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

module paymentProcessingApp 'modules/function-app.bicep' = {
  name: 'app-payment-processing'
  scope: group
  params: {
    service: 'payment-processing'
    name: 'func-payment-processing-${suffix}'
    planName: 'plan-payment-processing-${suffix}'
    location: location
    tags: tags
    settings: settings.functions
    nodeVersion: nodeVersion
    concurrency: 100
    appIdentity: identities.outputs.paymentProcessing
    storageAccountName: storageAccountNames['payment-processing']
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    appSettings: union({ CHECKOUT_RETURN_URL: '${web.outputs.url}/orders/{orderId}' }, usual, paymentProcessing, keyReferences, {
      AZURE_SQL_SERVER: sql.outputs.hostName
      AZURE_SQL_DATABASE: 'payment-processing'
      KEY_VAULT_URL: paymentProcessingVault.outputs.url
      TRUSTED_PROXIES: '1'
      ServiceBusConnection__fullyQualifiedNamespace: messaging.outputs.hostName
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identities.outputs.paymentProcessing.clientId
    })
    subnetId: network.outputs.appsSubnetId
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

module notificationApp 'modules/function-app.bicep' = {
  name: 'app-notification'
  scope: group
  params: {
    service: 'notification'
    name: 'func-notification-${suffix}'
    planName: 'plan-notification-${suffix}'
    location: location
    tags: tags
    settings: settings.functions
    nodeVersion: nodeVersion
    concurrency: 100
    appIdentity: identities.outputs.notification
    storageAccountName: storageAccountNames.notification
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    appSettings: union(usual, notification, {
      COSMOS_ENDPOINT: documents.outputs.endpoint
      COMMUNICATION_ENDPOINT: mail.outputs.endpoint
      MAIL_SENDER: mail.outputs.sender
      ServiceBusConnection__fullyQualifiedNamespace: messaging.outputs.hostName
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identities.outputs.notification.clientId
      CosmosDbConnection__accountEndpoint: documents.outputs.endpoint
      CosmosDbConnection__credential: 'managedidentity'
      CosmosDbConnection__clientId: identities.outputs.notification.clientId
    })
    subnetId: network.outputs.appsSubnetId
    networkIsolation: networkIsolation
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

var functionAppIds = [
  eventManagementApp.outputs.id
  ticketInventoryApp.outputs.id
  paymentProcessingApp.outputs.id
  notificationApp.outputs.id
]

module gateway 'modules/gateway.bicep' = {
  name: 'gateway'
  scope: group
  params: {
    name: 'apim-boxoffice-${suffix}'
    location: location
    tags: tags
    sku: apiManagementSku
    publisherEmail: empty(alertEmails) ? 'nobody@boxoffice.example' : alertEmails[0]
    gatewayIdentity: identities.outputs.gateway
    subnetId: networkIsolation ? network.outputs.gatewaySubnetId : ''
    backends: [
      { name: 'event-management', url: '${eventManagementApp.outputs.url}/api/v1' }
      { name: 'ticket-inventory', url: '${ticketInventoryApp.outputs.url}/api/v1' }
      { name: 'payment-processing', url: '${paymentProcessingApp.outputs.url}/api/v1' }
      { name: 'notification', url: '${notificationApp.outputs.url}/api/v1' }
    ]
    oidcIssuer: oidcIssuer
    oidcDiscoveryUrl: discoveryUrl
    oidcAudiences: split(oidcAudience, ',')
    origins: concat([web.outputs.url], otherOrigins)
    callsPerMinute: settings.callsPerMinute
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    sampling: settings.monitoring.gatewaySampling
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [roles]
}

module privateAccess 'modules/private-access.bicep' = if (networkIsolation) {
  name: 'private-access'
  scope: group
  params: {
    location: location
    tags: tags
    networkId: network.outputs.id
    subnetId: network.outputs.endpointsSubnetId
    functionAppIds: functionAppIds
    storageAccountIds: [storage[0].outputs.id, storage[1].outputs.id, storage[2].outputs.id, storage[3].outputs.id]
    vaultIds: [ticketInventoryVault.outputs.id, paymentProcessingVault.outputs.id]
    serviceBusId: messaging.outputs.id
    cosmosId: documents.outputs.id
    sqlServerId: sql.outputs.id
  }
}

module watch 'watch/watch.bicep' = {
  name: 'watch'
  scope: group
  params: {
    location: location
    tags: tags
    profile: profile
    workspaceId: monitoring.outputs.workspaceId
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    serviceBusNamespaceId: messaging.outputs.id
    cosmosAccountId: documents.outputs.id
    sqlDatabaseIds: sql.outputs.databaseIds
    functionAppIds: functionAppIds
    apiManagementId: gateway.outputs.id
    alertEmails: alertEmails
  }
}

module budget 'watch/budget.bicep' = if (budgetAmount > 0 && !empty(alertEmails)) {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-boxoffice-${suffix}'
    amount: budgetAmount
    contactEmails: alertEmails
    startDate: budgetStartDate
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_LOCATION string = location
output AZURE_SQL_SERVER string = sql.outputs.hostName
output SERVICE_BUS_NAMESPACE string = messaging.outputs.hostName
output COSMOS_ENDPOINT string = documents.outputs.endpoint
output COMMUNICATION_ENDPOINT string = mail.outputs.endpoint
output MAIL_SENDER string = mail.outputs.sender
output API_MANAGEMENT_NAME string = gateway.outputs.name
output API_URL string = gateway.outputs.apiUrl
output WEB_URL string = web.outputs.url
output APPLICATION_INSIGHTS_NAME string = monitoring.outputs.applicationInsightsName
output BOXOFFICE_BUDGET_START_DATE string = budgetStartDate

output SERVICE_EVENT_MANAGEMENT_NAME string = eventManagementApp.outputs.name
output SERVICE_EVENT_MANAGEMENT_URL string = eventManagementApp.outputs.url
output SERVICE_EVENT_MANAGEMENT_IDENTITY_NAME string = identities.outputs.eventManagement.name
output SERVICE_EVENT_MANAGEMENT_IDENTITY_CLIENT_ID string = identities.outputs.eventManagement.clientId
output SERVICE_EVENT_MANAGEMENT_AzureWebJobsStorage__blobServiceUri string = eventManagementApp.outputs.blobEndpoint

output SERVICE_TICKET_INVENTORY_NAME string = ticketInventoryApp.outputs.name
output SERVICE_TICKET_INVENTORY_URL string = ticketInventoryApp.outputs.url
output SERVICE_TICKET_INVENTORY_IDENTITY_NAME string = identities.outputs.ticketInventory.name
output SERVICE_TICKET_INVENTORY_IDENTITY_CLIENT_ID string = identities.outputs.ticketInventory.clientId
output SERVICE_TICKET_INVENTORY_AzureWebJobsStorage__blobServiceUri string = ticketInventoryApp.outputs.blobEndpoint
output SERVICE_TICKET_INVENTORY_KEY_VAULT_URL string = ticketInventoryVault.outputs.url

output SERVICE_PAYMENT_PROCESSING_NAME string = paymentProcessingApp.outputs.name
output SERVICE_PAYMENT_PROCESSING_URL string = paymentProcessingApp.outputs.url
output SERVICE_PAYMENT_PROCESSING_IDENTITY_NAME string = identities.outputs.paymentProcessing.name
output SERVICE_PAYMENT_PROCESSING_IDENTITY_CLIENT_ID string = identities.outputs.paymentProcessing.clientId
output SERVICE_PAYMENT_PROCESSING_AzureWebJobsStorage__blobServiceUri string = paymentProcessingApp.outputs.blobEndpoint
output SERVICE_PAYMENT_PROCESSING_KEY_VAULT_URL string = paymentProcessingVault.outputs.url

output SERVICE_NOTIFICATION_NAME string = notificationApp.outputs.name
output SERVICE_NOTIFICATION_URL string = notificationApp.outputs.url
output SERVICE_NOTIFICATION_IDENTITY_NAME string = identities.outputs.notification.name
output SERVICE_NOTIFICATION_IDENTITY_CLIENT_ID string = identities.outputs.notification.clientId
output SERVICE_NOTIFICATION_AzureWebJobsStorage__blobServiceUri string = notificationApp.outputs.blobEndpoint
