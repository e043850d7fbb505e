// Providers' keys and the admin key. The values are put in by hooks or people, never by a deployment.
param name string
param location string
param tags object
param publicAccess bool
param allowedAddress string
param purgeProtection bool
param recover bool

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
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

output name string = vault.name
