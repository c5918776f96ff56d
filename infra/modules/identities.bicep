// One identity a service, and one for the gateway, so that each can do no more than it needs: see roles.bicep.

import { identity } from '../types.bicep'

@description('Where they are.')
param location string

@description('Tags of each.')
param tags object

@description('Name of the identity of event-management.')
param eventManagementName string

@description('Name of the identity of ticket-inventory.')
param ticketInventoryName string

@description('Name of the identity of payment-processing.')
param paymentProcessingName string

@description('Name of the identity of notification.')
param notificationName string

@description('Name of the identity of the gateway.')
param gatewayName string

resource eventManagementIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: eventManagementName
  location: location
  tags: tags
}

resource ticketInventoryIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: ticketInventoryName
  location: location
  tags: tags
}

resource paymentProcessingIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: paymentProcessingName
  location: location
  tags: tags
}

resource notificationIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: notificationName
  location: location
  tags: tags
}

resource gatewayIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: gatewayName
  location: location
  tags: tags
}

output eventManagement identity = {
  name: eventManagementIdentity.name
  id: eventManagementIdentity.id
  principalId: eventManagementIdentity.properties.principalId
  clientId: eventManagementIdentity.properties.clientId
}

output ticketInventory identity = {
  name: ticketInventoryIdentity.name
  id: ticketInventoryIdentity.id
  principalId: ticketInventoryIdentity.properties.principalId
  clientId: ticketInventoryIdentity.properties.clientId
}

output paymentProcessing identity = {
  name: paymentProcessingIdentity.name
  id: paymentProcessingIdentity.id
  principalId: paymentProcessingIdentity.properties.principalId
  clientId: paymentProcessingIdentity.properties.clientId
}

output notification identity = {
  name: notificationIdentity.name
  id: notificationIdentity.id
  principalId: notificationIdentity.properties.principalId
  clientId: notificationIdentity.properties.clientId
}

output gateway identity = {
  name: gatewayIdentity.name
  id: gatewayIdentity.id
  principalId: gatewayIdentity.properties.principalId
  clientId: gatewayIdentity.properties.clientId
}
