// One environment: a resource group with the function app and all that it needs. Identities only; no setting is a secret.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment. Every name is derived from it, so that environments never meet.')
param environmentName string

@minLength(1)
@metadata({ azd: { type: 'location' } })
@description('Region of everything. It needs Flex Consumption.')
param location string

@description('Object id of whoever deploys; may write secrets into the vault. Empty: nobody may.')
param principalId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
@description('What principalId is: ServicePrincipal in a pipeline.')
param principalType string = 'User'

@allowed([512, 2048, 4096])
@description('Memory of an instance in MB. 2048 comes with one core; 512 with a quarter of one.')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('Instances at most. A request that finds none free waits.')
param maximumInstanceCount int = 100

@minValue(0)
@description('Instances that are always up, so that no request waits for a start. They are paid for when idle too.')
param alwaysReadyInstances int = 0

@minValue(1)
@maxValue(1000)
@description('Requests that an instance takes before another is started. A stream counts for as long as it is open.')
param perInstanceConcurrency int = 100

@description('Spread over the availability zones of the region. Storage is then zone-redundant too.')
param zoneRedundant bool = false

@description('Storage and vault behind private endpoints, public access off. The endpoint for clients stays public.')
param privateNetwork bool = false

@description('Address range of the private network, /24 or larger.')
param addressPrefix string = '10.71.0.0/24'

@description('Public IP address or range that may still reach the vault of a private network. Empty: none may.')
param deployerAddress string = ''

@minValue(30)
@maxValue(730)
@description('Days that logs are kept. The first 31 are free.')
param logRetentionDays int = 30

@description('Nobody can purge the vault or a secret before its time. It cannot be taken back, and outlives azd down.')
param purgeProtection bool = false

@description('Bring back the vault of a deleted environment of this name instead of making one. Needed once, then off.')
param recoverVault bool = false

var abbreviations = loadJsonContent('./abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
// azd finds its resources by this tag, also to take them down.
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: '${abbreviations.resourcesResourceGroups}${environmentName}'
  location: location
  tags: tags
}

module monitoring './app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: '${abbreviations.operationalInsightsWorkspaces}${token}'
    insightsName: '${abbreviations.insightsComponents}${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module storage './app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storageStorageAccounts}${token}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    publicAccess: !privateNetwork
  }
}

module vault './app/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: '${abbreviations.keyVaultVaults}${token}'
    location: location
    tags: tags
    publicAccess: !privateNetwork
    allowedAddress: deployerAddress
    purgeProtection: purgeProtection
    recover: recoverVault
  }
}

module rbac './app/rbac.bicep' = {
  name: 'rbac'
  scope: group
  params: {
    identityName: '${abbreviations.managedIdentityUserAssignedIdentities}${token}'
    location: location
    tags: tags
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    principalId: principalId
    principalType: principalType
  }
}

module network './app/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: '${abbreviations.networkVirtualNetworks}${token}'
    endpointPrefix: '${abbreviations.networkPrivateEndpoints}${token}'
    location: location
    tags: tags
    addressPrefix: addressPrefix
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
  }
}

module function './app/function.bicep' = {
  name: 'function'
  scope: group
  params: {
    name: '${abbreviations.webSitesFunctions}${token}'
    planName: '${abbreviations.webServerFarms}${token}'
    location: location
    tags: tags
    identityName: rbac.outputs.identityName
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    subnetId: privateNetwork ? network!.outputs.integrationSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    perInstanceConcurrency: perInstanceConcurrency
    zoneRedundant: zoneRedundant
  }
}

// azd keeps these in the environment's .env file and hands them to the hooks: names and addresses only.
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output SERVICE_API_NAME string = function.outputs.name
output LIGHTPORT_URL string = function.outputs.url
