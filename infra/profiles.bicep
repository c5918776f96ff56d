// What each profile is, as data. `free` is inside a free grant of Azure wherever one exists; what it costs all the same is in
// README.md.

@export()
var profiles = {
  free: {
    functions: { instanceMemoryMB: 512, maximumInstanceCount: 40, alwaysReady: 0, timersAtLeastSeconds: 60 }
    documents: {
      freeTier: true
      serverless: false
      // Two databases within the 1,000 RU/s of the free tier.
      sharedThroughput: 500
      sharedMaxThroughput: 0
      ownMaxThroughput: {}
      zoneRedundant: false
      backup: 'Continuous7Days'
    }
    sql: {
      tier: 'GeneralPurpose'
      sku: 'GP_S_Gen5'
      capacity: 2
      minCapacity: '0.5'
      autoPauseDelay: 60
      freeOffer: true
      maxSizeGB: 32
      zoneRedundant: false
      backupRedundancy: 'Local'
      retentionDays: 7
    }
    // 5 GB a month are free.
    monitoring: { retentionDays: 30, dailyQuotaGB: '0.15', gatewaySampling: 10 }
    apiManagementSku: 'Consumption'
    callsPerMinute: 300
    serviceBusSku: 'Standard'
    storageSku: 'Standard_LRS'
    webSku: 'Free'
    protected: false
  }
  dev: {
    functions: { instanceMemoryMB: 2048, maximumInstanceCount: 40, alwaysReady: 0, timersAtLeastSeconds: 60 }
    documents: {
      freeTier: false
      serverless: true
      sharedThroughput: 0
      sharedMaxThroughput: 0
      ownMaxThroughput: {}
      zoneRedundant: false
      backup: 'Continuous7Days'
    }
    sql: {
      // S0. Serverless costs thirteen times as much when it never pauses, and with timers it never does.
      tier: 'Standard'
      sku: 'Standard'
      capacity: 10
      minCapacity: ''
      autoPauseDelay: -1
      freeOffer: false
      maxSizeGB: 250
      zoneRedundant: false
      backupRedundancy: 'Local'
      retentionDays: 7
    }
    monitoring: { retentionDays: 30, dailyQuotaGB: '1', gatewaySampling: 100 }
    apiManagementSku: 'BasicV2'
    callsPerMinute: 300
    serviceBusSku: 'Standard'
    storageSku: 'Standard_LRS'
    webSku: 'Free'
    protected: false
  }
  staging: {
    functions: { instanceMemoryMB: 2048, maximumInstanceCount: 100, alwaysReady: 0, timersAtLeastSeconds: 0 }
    documents: {
      freeTier: false
      serverless: false
      sharedThroughput: 0
      sharedMaxThroughput: 1000
      ownMaxThroughput: { inventory: 10000 }
      zoneRedundant: false
      backup: 'Continuous7Days'
    }
    sql: {
      tier: 'GeneralPurpose'
      sku: 'GP_S_Gen5'
      capacity: 4
      minCapacity: '0.5'
      autoPauseDelay: -1
      freeOffer: false
      maxSizeGB: 64
      zoneRedundant: false
      backupRedundancy: 'Zone'
      retentionDays: 14
    }
    monitoring: { retentionDays: 30, dailyQuotaGB: '5', gatewaySampling: 100 }
    apiManagementSku: 'StandardV2'
    callsPerMinute: 300
    serviceBusSku: 'Standard'
    storageSku: 'Standard_ZRS'
    webSku: 'Standard'
    protected: false
  }
  prod: {
    functions: { instanceMemoryMB: 2048, maximumInstanceCount: 200, alwaysReady: 2, timersAtLeastSeconds: 0 }
    documents: {
      freeTier: false
      serverless: false
      sharedThroughput: 0
      sharedMaxThroughput: 4000
      // An event is one partition, and a partition takes 10,000: this is two on sale at full rate.
      ownMaxThroughput: { inventory: 20000 }
      zoneRedundant: true
      backup: 'Continuous30Days'
    }
    sql: {
      tier: 'GeneralPurpose'
      sku: 'GP_Gen5'
      capacity: 4
      minCapacity: ''
      autoPauseDelay: -1
      freeOffer: false
      maxSizeGB: 256
      zoneRedundant: true
      backupRedundancy: 'Geo'
      retentionDays: 35
    }
    monitoring: { retentionDays: 90, dailyQuotaGB: '-1', gatewaySampling: 10 }
    apiManagementSku: 'StandardV2'
    callsPerMinute: 600
    serviceBusSku: 'Premium'
    storageSku: 'Standard_ZRS'
    webSku: 'Standard'
    protected: true
  }
}
