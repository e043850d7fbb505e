// The host's own blobs, the deployed package, and Lightport's tables, which the app makes on first use
// and removes when what they hold has expired.

@description('Name of the account.')
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Kept in every availability zone of the region.')
param zoneRedundant bool

@description('Open to the internet, for whoever has a role.')
param publicAccess bool

@description('Where the package is deployed to.')
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

    // For `audit: { to: blob }`. A time-based retention policy that allows protected appends may be set here.
    resource audit 'containers' = {
      name: 'lightport-audit'
    }
  }
}

@description('Where the package is deployed to.')
output deploymentContainer string = containerName
