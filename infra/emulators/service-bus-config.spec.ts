import { describe, expect, it } from '@jest/globals';
import { rules, subscriptions } from '@boxoffice/shared/contracts';
import { serviceBusConfig } from './service-bus-config';

const [namespace] = serviceBusConfig().UserConfig.Namespaces;
const topics = namespace?.Topics ?? [];

describe('the configuration of the Service Bus emulator', () => {
  it('has every subscription of the topology, each with its rules and no other', () => {
    const configured = topics.flatMap((topic) =>
      topic.Subscriptions.map(({ Name, Rules }) => [topic.Name, Name, Rules.map((rule) => rule.Name)]),
    );
    const known = subscriptions.map((each) => [
      each.topic,
      each.subscription,
      rules(each).map(({ name }) => name),
    ]);
    expect(configured).toHaveLength(known.length);
    expect(configured).toEqual(expect.arrayContaining(known));
  });

  it('lets a type through by its label, and what is replayed by whom it is sent to', () => {
    const inventory = topics
      .find(({ Name }) => Name === 'payment-processing')
      ?.Subscriptions.find(({ Name }) => Name === 'ticket-inventory');
    expect(inventory?.Rules.map(({ Properties }) => Properties.CorrelationFilter)).toEqual([
      { Label: 'boxoffice.payment-captured.v1' },
      { Label: 'boxoffice.payment-refunded.v1' },
      { To: 'ticket-inventory' },
    ]);
  });

  it('asks for nothing that the emulator refuses', () => {
    expect(namespace?.Name).toBe('sbemulatorns');
    expect(topics.length).toBeLessThanOrEqual(50);
    for (const { Properties, Subscriptions } of topics) {
      expect(Properties).toMatchObject({
        DefaultMessageTimeToLive: 'PT1H',
        DuplicateDetectionHistoryTimeWindow: 'PT5M',
      });
      for (const subscription of Subscriptions) {
        expect(subscription.Properties.MaxDeliveryCount).toBeLessThanOrEqual(10);
        for (const { Name } of subscription.Rules)
          expect(Name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/);
      }
    }
  });
});
