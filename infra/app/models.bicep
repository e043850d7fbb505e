// Lets the app ask one resource of Azure OpenAI or Foundry in its own name. The resource itself is somebody else's affair.

@description('Name of the resource, in the group that this is deployed to.')
param resourceName string

@description('Name of the identity of the app.')
param identityName string

@description('Subscription that the identity is in.')
param identitySubscription string

@description('Name of the group that the identity is in.')
param identityGroup string

@description('https://learn.microsoft.com/azure/role-based-access-control/built-in-roles')
var roles = {
  // Asks models; changes no deployment and reads no key.
  cognitiveServicesOpenAIUser: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
}

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = {
  name: resourceName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
  scope: resourceGroup(identitySubscription, identityGroup)
}

resource appModels 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identity.id, roles.cognitiveServicesOpenAIUser)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.cognitiveServicesOpenAIUser
    )
  }
}
