// Providers' keys and the admin key. The values are put in by hooks or people, never by a deployment.

@description('Name of the vault.')
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Open to the internet, for whoever has a role.')
param publicAccess bool

@description('Public address that may reach it all the same. Empty: none.')
param allowedAddress string

@description('Nobody can purge it before its time.')
param purgeProtection bool

@description('Bring back a deleted one of this name.')
param recover bool

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    createMode: recover ? 'recover' : 'default'
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    // Roles, not access policies: who may read a secret is said in rbac.bicep alone.
    enableRbacAuthorization: true
    enableSoftDelete: true
    // The least there is: a secret deleted by mistake comes back for a week, and a vault's name is free soon after.
    softDeleteRetentionInDays: 7
    // The service takes true or nothing.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: publicAccess || !empty(allowedAddress) ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      ipRules: !publicAccess && !empty(allowedAddress) ? [{ value: allowedAddress }] : []
    }
  }
}
