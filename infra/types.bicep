// The types that parameters of main.bicep and of its modules share.

@export()
@description('How much of everything there is: see profiles.bicep.')
type profileName = 'free' | 'dev' | 'staging' | 'prod'

@export()
@description('Whose keys the vault of payment-processing holds. A gateway without keys is absent; the fraud measures without theirs keep no address.')
type keyOwner = 'adyen' | 'fraud-measures' | 'mercado-pago' | 'paypal' | 'razorpay' | 'sandbox' | 'square' | 'stripe'

@export()
@description('The user-assigned identity of one service, or of the gateway.')
type identity = {
  name: string
  id: string
  @description('The object that roles are given to.')
  principalId: string
  @description('What the app names itself by.')
  clientId: string
}

@export()
@description('The object of each service\'s identity that roles are given to.')
type principals = {
  'event-management': string
  'ticket-inventory': string
  'payment-processing': string
  notification: string
}

@export()
@description('One service behind the gateway.')
type backend = {
  @description('The service\'s name: operations whose id begins with it go there.')
  name: string
  @description('Up to and with `/api/v1`.')
  url: string
}

// The settings that have a default in the code, by service: an operator names those that are to be different. What each means
// is in the service's README.

@export()
@sealed()
@description('Settings of event-management.')
type eventManagementSettings = {
  CALENDAR_DOMAIN: string?
}

@export()
@sealed()
@description('Settings of ticket-inventory.')
type ticketInventorySettings = {
  APPLE_PASS_TYPE_ID: string?
  APPLE_TEAM_ID: string?
  GOOGLE_WALLET_ISSUER_ID: string?
  HOLDS_PER_BUYER: string?
  LISTENERS: string?
  SELLER_NAME: string?
}

@export()
@sealed()
@description('Settings of payment-processing. Keys are not among them: they are in the vault.')
type paymentProcessingSettings = {
  ADYEN_LIVE_PREFIX: string?
  ADYEN_MERCHANT_ACCOUNT: string?
  ADYEN_TIME_ZONE: string?
  BANK_TRANSFER_BIC: string?
  BANK_TRANSFER_CURRENCIES: string?
  BANK_TRANSFER_DAYS: string?
  BANK_TRANSFER_HOLDER: string?
  BANK_TRANSFER_IBAN: string?
  @description('Where a gateway sends the buyer afterwards; the web application\'s page of the order, where not given.')
  CHECKOUT_RETURN_URL: string?
  CREDIT_NOTE_PREFIX: string?
  FRAUD_KEEP_DAYS: string?
  FRAUD_LIMITS: string?
  FRAUD_REVIEW_HOURS: string?
  GATEWAY_PREFERENCES: string?
  INVOICE_PREFIX: string?
  MERCADO_PAGO_CURRENCY: string?
  PAYPAL_CLIENT_ID: string?
  PAYPAL_ENVIRONMENT: string?
  PAYPAL_WEBHOOK_ID: string?
  PLATFORM_FEE: string?
  PLATFORM_FEE_FIXED: string?
  RAZORPAY_KEY_ID: string?
  SANDBOX_GATEWAY_URL: string?
  SANDBOX_OUTCOME: string?
  SELLER_NAME: string?
  SQUARE_LIVE: string?
  SQUARE_LOCATION_ID: string?
  SQUARE_WEBHOOK_URL: string?
  TAX_RATES: string?
}

@export()
@sealed()
@description('Settings of notification.')
type notificationSettings = {
  LOCALE: string?
  NOTIFICATION_RETENTION_DAYS: string?
  OFFER_URL: string?
  SELLER_NAME: string?
}

// What a profile says, by module.

@export()
@sealed()
type functionsProfile = {
  instanceMemoryMB: 512 | 2048 | 4096
  @description('Of each app.')
  maximumInstanceCount: int
  @description('Instances of each app that wait for requests and are paid for all the while.')
  alwaysReady: int
  @description('No timer runs more often than this; 0: as often as the code says. Above 300 an alert that looks back ten minutes could find nothing measured.')
  timersAtLeastSeconds: 0 | 15 | 30 | 60 | 120 | 300
}

@export()
@sealed()
type documentsProfile = {
  @description('One account a subscription: 1,000 RU/s and 25 GB for nothing.')
  freeTier: bool
  @description('Paid by the request; else by the throughput below.')
  serverless: bool
  @description('What the containers of a database share, in RU/s, always; 0: none.')
  sharedThroughput: int
  @description('What they share at the most, in RU/s; a tenth of it is the least that is paid for; 0: none.')
  sharedMaxThroughput: int
  @description('What a container has for itself at the most, in RU/s, by the container\'s name.')
  ownMaxThroughput: object
  zoneRedundant: bool
  backup: 'Continuous7Days' | 'Continuous30Days'
}

@export()
@sealed()
type sqlProfile = {
  @description('`Standard` is bought by the DTU, storage included; `GeneralPurpose` by the vCore.')
  tier: 'Standard' | 'GeneralPurpose'
  sku: string
  @description('In DTU, or in vCores.')
  capacity: int
  @description('The least of it, in vCores as text; empty: it is not serverless.')
  minCapacity: string
  @description('Minutes without work after which it pauses; -1: it never does.')
  autoPauseDelay: int
  @description('The free offer: 100,000 vCore seconds a month each, of up to ten databases a subscription. Spent, it pauses until next month.')
  freeOffer: bool
  maxSizeGB: int
  zoneRedundant: bool
  backupRedundancy: 'Local' | 'Zone' | 'Geo'
  @description('How many days back it can be restored to any point.')
  retentionDays: int
}

@export()
@sealed()
type monitoringProfile = {
  retentionDays: int
  @description('In GB a day as text, beyond which nothing more is taken in; -1: no limit.')
  dailyQuotaGB: string
  @description('Requests that the gateway tells Application Insights of, and traces that the apps tell of, in per cent.')
  gatewaySampling: int
}

@export()
@sealed()
type profile = {
  functions: functionsProfile
  documents: documentsProfile
  sql: sqlProfile
  monitoring: monitoringProfile
  @description('`Consumption` checks tokens, and neither limits rates by caller nor streams events.')
  apiManagementSku: 'Consumption' | 'BasicV2' | 'StandardV2'
  @description('Requests a minute that one caller may make, where the gateway can count them.')
  callsPerMinute: int
  serviceBusSku: 'Standard' | 'Premium'
  storageSku: 'Standard_LRS' | 'Standard_ZRS'
  webSku: 'Free' | 'Standard'
  @description('Nobody deletes what holds data, nor a vault for good, by mistake.')
  protected: bool
}
