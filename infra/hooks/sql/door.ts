import { toMilliseconds, type Clock } from '@boxoffice/shared/kernel';
import { ArmRefusal, type Arm } from '../arm';
import { messageOf, stopped, Stopped, type Say } from '../stopped';
import { explained, isolated } from './troubles';

const apiVersion = '2025-01-01';
/** Rules of this hook begin so: one that an interrupted run has left is found again and taken away. */
const prefix = 'azd-postprovision-';
const everySeconds = 10;
/** A new rule may need five minutes (the server says so itself when it refuses). */
const minutes = 7;

/** RFC 5737 keeps this one for examples: no machine has it. */
const nobody = '192.0.2.1';
const letting = (address: string) => ({ properties: { startIpAddress: address, endIpAddress: address } });

export interface DoorDeps {
  readonly arm: Arm;
  /** `/subscriptions/…/providers/Microsoft.Sql/servers/…` */
  readonly server: string;
  readonly clock: Clock;
  readonly say: Say;
}

/**
 * The SQL server's firewall, opened for this machine alone and only while the work lasts. Which address that is, the
 * server tells when it refuses: no third party is asked.
 */
export class Door {
  private readonly opened = new Set<string>();

  constructor(private readonly deps: DoorDeps) {}

  get isOpen(): boolean {
    return this.opened.size > 0;
  }

  /** Does the work, again once the server lets us in where it did not. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.deps;
    const until = toMilliseconds(clock.now()) + minutes * 60_000;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const address = refusedAddress(error);
        if (address === undefined) throw explained(error);
        if (toMilliseconds(clock.now()) >= until)
          throw stopped(
            `The SQL server still refuses ${address}, ${minutes} minutes after its firewall was opened for it.`,
            'Run `azd hooks run postprovision` again; where it stays so, look at the server’s Networking page for a rule that denies.',
            error,
          );
        await this.openFor(address);
        await clock.sleep(everySeconds * 1000);
      }
    }
  }

  /** Takes away what was opened, and what an earlier run was kept from taking away. */
  async close(): Promise<void> {
    const { arm, server, say } = this.deps;
    const rules = `${server}/firewallRules`;
    const { value } = await arm.get<{ value: readonly { name: string }[] }>(rules, apiVersion);
    for (const { name } of value.filter((rule) => rule.name.startsWith(prefix))) {
      await this.shut(`${rules}/${name}`);
      say(`closed the SQL server’s firewall again (${name})`);
    }
    this.opened.clear();
  }

  private async shut(rule: string): Promise<void> {
    const { arm } = this.deps;
    try {
      await arm.remove(rule, apiVersion);
    } catch (error) {
      if (!(error instanceof ArmRefusal) || error.code !== 'ScopeLocked') throw error;
      // A lock on the server keeps whatever is in it from being deleted, not from being changed: so it lets in nobody.
      await arm.put(rule, apiVersion, letting(nobody));
    }
  }

  private async openFor(address: string): Promise<void> {
    if (this.opened.has(address)) return;
    const { arm, server, say } = this.deps;
    const { properties } = await arm.get<{ properties: { publicNetworkAccess?: string } }>(
      server,
      apiVersion,
    );
    if (properties.publicNetworkAccess !== 'Enabled') throw new Stopped([isolated]);
    try {
      await arm.put(
        `${server}/firewallRules/${prefix}${address.replaceAll('.', '-')}`,
        apiVersion,
        letting(address),
      );
    } catch (error) {
      if (!(error instanceof ArmRefusal) || error.status !== 403) throw error;
      throw stopped(
        `Whoever deploys may not open the SQL server’s firewall: ${error.message}`,
        'It takes the role SQL Server Contributor (or Contributor) on the resource group.',
        error,
      );
    }
    this.opened.add(address);
    say(`opened the SQL server’s firewall for ${address}; it may take some minutes to let us in`);
  }
}

/** Error 40615 names the address that it refuses. */
const refusedAddress = (error: unknown): string | undefined =>
  /Client with IP address '([\d.]+)' is not allowed/.exec(messageOf(error))?.[1];
