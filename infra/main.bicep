// One environment: a resource group with the function app and all that it needs. Identities only; no secret anywhere.
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

// The host keeps request bodies in memory, several times over: one of 100 MB takes it to 1.2 GB, so 512 MB will not do.
@allowed([2048, 4096])
@description('Memory of an instance in MB. 2048 comes with one core, 4096 with two.')
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

@description('How long client keys that were seen go on serving while storage is away: 0s to 720h.')
param keysOutage string = '24h'

@description('How long answers are kept for clients to go on from: 1m to 720h.')
param answersKept string = '720h'

@description('How long it is kept what was put into conversations: 1m to 168h.')
param sessionsKept string = '24h'

@description('How long sums of usage are kept: 1d to 3650d.')
param usageKept string = '400d'

@description('How long receipts of single requests are kept: 1h to 30d, or off.')
param receiptsKept string = '7d'

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

@description('Ids of the Azure OpenAI and Foundry resources that the app may ask in its own name, commas between them.')
param modelResources string = ''

@description('What names of each kind of resource begin with.')
var abbreviations = loadJsonContent('./abbreviations.json')

@description('What names of this environment end in. Nobody else has it.')
var token = toLower(uniqueString(subscription().id, environmentName, location))

@description('azd finds its resources by this tag, also to take them down.')
var tags = { 'azd-env-name': environmentName }

// Made here and not by the modules: a preview of a deployment can look only at names that are known before it.
@description('Names that more than one module needs.')
var names = {
  identity: '${abbreviations.managedIdentityUserAssignedIdentities}${token}'
  insights: '${abbreviations.insightsComponents}${token}'
  storage: '${abbreviations.storageStorageAccounts}${token}'
  vault: '${abbreviations.keyVaultVaults}${token}'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourcesResourceGroups}${environmentName}'
  location: location
  tags: tags
}

module monitoring './app/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: '${abbreviations.operationalInsightsWorkspaces}${token}'
    insightsName: names.insights
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module storage './app/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    publicAccess: !privateNetwork
  }
}

module vault './app/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    publicAccess: !privateNetwork
    allowedAddress: deployerAddress
    purgeProtection: purgeProtection
    recover: recoverVault
  }
}

module rbac './app/rbac.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    location: location
    tags: tags
    storageName: names.storage
    vaultName: names.vault
    insightsName: names.insights
    principalId: principalId
    principalType: principalType
  }
  dependsOn: [monitoring, storage, vault]
}

module models './app/models.bicep' = [
  for id in empty(modelResources) ? [] : split(modelResources, ','): {
    scope: resourceGroup(split(id, '/')[2], split(id, '/')[4])
    params: {
      resourceName: last(split(id, '/'))
      identityName: names.identity
      identitySubscription: subscription().subscriptionId
      identityGroup: group.name
    }
    dependsOn: [rbac]
  }
]

module network './app/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: '${abbreviations.networkVirtualNetworks}${token}'
    endpointPrefix: '${abbreviations.networkPrivateEndpoints}${token}'
    location: location
    tags: tags
    addressPrefix: addressPrefix
    storageName: names.storage
    vaultName: names.vault
  }
  dependsOn: [storage, vault]
}

module function './app/function.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.webSitesFunctions}${token}'
    planName: '${abbreviations.webServerFarms}${token}'
    location: location
    tags: tags
    identityName: names.identity
    storageName: names.storage
    deploymentContainer: storage.outputs.deploymentContainer
    vaultName: names.vault
    insightsName: names.insights
    subnetId: privateNetwork ? network!.outputs.integrationSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    perInstanceConcurrency: perInstanceConcurrency
    keysOutage: keysOutage
    answersKept: answersKept
    sessionsKept: sessionsKept
    usageKept: usageKept
    receiptsKept: receiptsKept
    zoneRedundant: zoneRedundant
  }
  // The app's roles are in force when it first asks.
  dependsOn: [rbac]
}

// azd keeps these in the environment's .env file and hands them to the hooks: names and addresses only.
@description('Region of everything.')
output AZURE_LOCATION string = location

@description('Tenant of the subscription.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The vault that the hooks put keys into.')
output AZURE_KEY_VAULT_NAME string = names.vault

@description('The function app, by the name that azd looks for.')
output SERVICE_API_NAME string = function.outputs.name

@description('Where clients and the command line go.')
output LIGHTPORT_URL string = function.outputs.url
