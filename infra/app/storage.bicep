// The host's own blobs, the deployed package, and Lightport's three tables, which the app makes on first use.
param name string
param location string
param tags object
param zoneRedundant bool
param publicAccess bool

var containerName = 'app-package'

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    // No account key opens it: whoever comes needs a role.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }

  // Neither soft delete nor versions: a package is rebuilt from its commit, and the tables keep their own versions.
  resource blobs 'blobServices' = {
    name: 'default'

    resource package 'containers' = {
      name: containerName
    }
  }
}

output name string = storage.name
output deploymentContainer string = containerName
