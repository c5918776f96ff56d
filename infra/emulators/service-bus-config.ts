import { delivery, rules, subscriptions, topics, type Rule } from '@boxoffice/shared/contracts';

/** What the emulator allows; Azure allows more. From the schema that it is published with, github.com/Azure/azure-service-bus-emulator-installer. */
const emulated = { duplicateWindowMinutes: 5, keepHours: 1 } as const;

/** The `Config.json` of Microsoft's Service Bus emulator: the topics, subscriptions and rules of the topology. */
export const serviceBusConfig = () => ({
  UserConfig: {
    Namespaces: [
      {
        Name: 'sbemulatorns', // it knows no other
        Queues: [],
        Topics: topics.map((topic) => ({
          Name: topic,
          Properties: {
            DefaultMessageTimeToLive: `PT${emulated.keepHours}H`,
            RequiresDuplicateDetection: true,
            DuplicateDetectionHistoryTimeWindow: `PT${Math.min(delivery.duplicateWindowMinutes, emulated.duplicateWindowMinutes)}M`,
          },
          Subscriptions: subscriptions
            .filter((each) => each.topic === topic)
            .map((each) => ({
              Name: each.subscription,
              Properties: {
                DefaultMessageTimeToLive: `PT${emulated.keepHours}H`,
                DeadLetteringOnMessageExpiration: true,
                LockDuration: `PT${delivery.lockSeconds}S`,
                MaxDeliveryCount: delivery.maxDeliveryCount,
                RequiresSession: false,
              },
              Rules: rules(each).map(({ name, correlation }) => ({
                Name: name,
                Properties: { FilterType: 'Correlation', CorrelationFilter: filter(correlation) },
              })),
            })),
        })),
      },
    ],
    Logging: { Type: 'Console' },
  },
});

/** The emulator calls a message's subject its label. */
const filter = (correlation: Rule['correlation']) =>
  'subject' in correlation ? { Label: correlation.subject } : { To: correlation.to };
