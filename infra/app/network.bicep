// A network of its own: the app goes out through one subnet, storage and vault answer in the other and nowhere else.
param name string
param endpointPrefix string
param location string
param tags object
param addressPrefix string
param storageName string
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

// Blobs for the host and the package, tables for Lightport, queues so that the host never meets a closed door.
var services = [
  { name: 'blob', resourceId: storage.id, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'table', resourceId: storage.id, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { name: 'queue', resourceId: storage.id, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  {
    name: 'vault'
    resourceId: vault.id
    // The suffix is '.vault.azure.net', the private zone's is '.vaultcore.azure.net'.
    zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  }
]

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          // Of its own: Flex Consumption shares the subnet with nothing, private endpoints included.
          addressPrefix: cidrSubnet(addressPrefix, 25, 0)
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 27, 4)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: service.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: '${name}-${service.name}'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for service in services: {
    name: '${endpointPrefix}-${service.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [
        {
          name: service.name
          properties: {
            privateLinkServiceId: service.resourceId
            groupIds: [service.name]
          }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (service, i) in services: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service.name
          properties: { privateDnsZoneId: zones[i].id }
        }
      ]
    }
  }
]

output integrationSubnetId string = network::appSubnet.id
