// The function app on Flex Consumption.

@description('Name of the function app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the identity of the app.')
param identityName string

@description('Name of the storage account.')
param storageName string

@description('Blob container that the package is deployed to.')
param deploymentContainer string

@description('Name of the vault.')
param vaultName string

@description('Name of Application Insights.')
param insightsName string

@description('Subnet that the app goes out through. Empty: none.')
param subnetId string

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Instances at most.')
param maximumInstanceCount int

@description('Instances that are always up.')
param alwaysReadyInstances int

@description('Requests that an instance takes before another is started.')
param perInstanceConcurrency int

@description('How long client keys that were seen go on serving while storage is away.')
param keysOutage string

@description('How long answers are kept for clients to go on from.')
param answersKept string

@description('How long it is kept what was put into conversations.')
param sessionsKept string

@description('How long sums of usage are kept.')
param usageKept string

@description('How long receipts of single requests are kept.')
param receiptsKept string

@description('Spread over the availability zones of the region.')
param zoneRedundant bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    // Linux.
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd deploys the service `api` of azure.yaml to the site of this tag.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyInstances }] : []
        triggers: { http: { perInstanceConcurrency: perInstanceConcurrency } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
  }

  // A deployment comes with an Entra token; the passwords of FTP and of the deployment site open nothing.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // The host's own storage, by identity. HTTP triggers use its blobs alone; the other addresses are named so that
      // no part of the host looks for a connection string.
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      // Which identity the app asks for tokens, and that it tries no other kind of credential first.
      AZURE_CLIENT_ID: identity.properties.clientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      // Above the gateway's own limit of 100 MiB, so that a body that is too large gets the gateway's own 413.
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '115343360'
      LIGHTPORT_KEYS_OUTAGE: keysOutage
      LIGHTPORT_ANSWERS_KEPT: answersKept
      LIGHTPORT_SESSIONS_KEPT: sessionsKept
      LIGHTPORT_USAGE_KEPT: usageKept
      LIGHTPORT_RECEIPTS_KEPT: receiptsKept
      Blobs__Uri: storage.properties.primaryEndpoints.blob
      KeyVault__Uri: vault.properties.vaultUri
      Tables__Uri: storage.properties.primaryEndpoints.table
    }
  }
}

@description('The function app, by name.')
output name string = app.name

@description('Where it answers.')
output url string = 'https://${app.properties.defaultHostName}'
