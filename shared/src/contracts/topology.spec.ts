import { describe, expect, it } from '@jest/globals';
import * as contracts from '.';
import { announcements, rules, services, subscriptions, topicOf, topics, type Fact } from '.';

const isFact = (value: unknown): value is Fact<object> =>
  typeof value === 'object' && value !== null && 'sample' in value;

describe('the topology', () => {
  it('announces every fact once, and each to somebody', () => {
    const announced = announcements.map(({ fact }) => fact.type).sort();
    const facts = (Object.values(contracts) as readonly unknown[]).filter(isFact);
    expect(announced).toEqual(facts.map(({ type }) => type).sort());
    for (const { fact, consumers } of announcements) {
      expect([fact.type, consumers.length]).not.toEqual([fact.type, 0]);
      expect(new Set(consumers).size).toBe(consumers.length);
    }
  });

  it('has nobody listen to themselves', () => {
    for (const { fact, consumers } of announcements) expect(consumers).not.toContain(fact.source);
    for (const { topic, subscription } of subscriptions) expect(subscription).not.toBe(topic);
  });

  it('has one subscription for each pair of a producer and a consumer, with every type that goes that way', () => {
    const pairs = subscriptions.map(({ topic, subscription }) => `${topic} → ${subscription}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const ways = announcements.flatMap(({ fact, consumers }) =>
      consumers.map((consumer) => `${fact.source} → ${consumer}: ${fact.type}`),
    );
    const subscribed = subscriptions.flatMap(({ topic, subscription, types }) =>
      types.map((type) => `${topic} → ${subscription}: ${type}`),
    );
    expect(subscribed.sort()).toEqual(ways.sort());
  });

  it('has the topics that somebody subscribes to, and a topic for what each service says', () => {
    expect(topics).toEqual(
      services.filter((service) => subscriptions.some(({ topic }) => topic === service)),
    );
    for (const service of services) expect(topicOf({ source: `/boxoffice/${service}` })).toBe(service);
    expect(() => topicOf({ source: '/elsewhere' })).toThrow('/elsewhere');
  });

  it('has rules within what Service Bus takes: names of at most 50 characters, each once a subscription', () => {
    for (const subscription of subscriptions) {
      const names = rules(subscription).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/);
      expect(names).toHaveLength(subscription.types.length + 1);
    }
  });
});
