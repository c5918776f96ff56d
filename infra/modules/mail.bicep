// Communication Services, for e-mail.

@description('Name of the e-mail service, which has the domains.')
param emailName string

@description('Name of the communication service, which sends.')
param name string

@description('Tags of each.')
param tags object

@description('Where mail is kept on its way.')
param dataLocation string

@description('A domain of the operator\'s that was added to the e-mail service and verified, from which mail is sent; empty: the one of Azure\'s, which lets through only a few messages an hour.')
param domain string

@description('Where its logs go.')
param workspaceId string

resource emailService 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: emailName
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' = {
  parent: emailService
  name: 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: { domainManagement: 'AzureManaged', userEngagementTracking: 'Disabled' }
}

resource communication 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: [domain == '' ? managedDomain.id : resourceId('Microsoft.Communication/emailServices/domains', emailName, domain)]
    disableLocalAuth: true
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: communication
  properties: {
    workspaceId: workspaceId
    // Not what became of each message: that names whom it was for.
    logs: [{ category: 'EmailSendMailOperational', enabled: true }]
  }
}

output name string = communication.name
output endpoint string = 'https://${communication.properties.hostName}'

@description('The address that mail comes from.')
output sender string = 'DoNotReply@${domain == '' ? managedDomain.properties.mailFromSenderDomain : domain}'
