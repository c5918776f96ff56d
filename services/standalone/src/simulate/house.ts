import type { ServiceName } from '@boxoffice/shared/contracts';
import {
  createDispatcher,
  type Dispatch,
  type Principal,
  type WireReply,
  type WireRequest,
} from '@boxoffice/shared/http';
import type { Platform, Service } from '@boxoffice/shared/platform';
import type { SimulatedWorld, Process } from '@boxoffice/shared/platform/simulated';
import type { Bug } from './bug';
import { composers, type Outside } from './composers';

/** One place in which a service runs: one process after another. */
interface Slot {
  readonly service: ServiceName;
  readonly number: number;
  generation: number;
  open: { readonly process: Process; readonly dispatch: Dispatch } | undefined;
}

/** How long a client waits for an answer. */
const clientPatience = 30_000;

/** The four services, each in processes of its own that crash and are started again, behind one address. */
export class House {
  private readonly slots: Slot[];

  constructor(
    private readonly world: SimulatedWorld,
    private readonly outside: (process: Process) => Outside,
    private readonly bug: Bug | undefined,
    /** Processes of each service at a time. */
    processes: Readonly<Record<ServiceName, number>>,
  ) {
    this.slots = Object.entries(processes).flatMap(([service, count]) =>
      Array.from({ length: count }, (_, number) => ({
        service: service as ServiceName,
        number: number + 1,
        generation: 0,
        open: undefined,
      })),
    );
  }

  /** The step before the first start: every store gets its shape. */
  async migrate(): Promise<void> {
    const deployer = this.world.process('deployer', false);
    for (const service of Object.values(composers(this.outside(deployer.process))))
      await deployer.migrate(service(deployer, () => undefined));
    await deployer.close();
  }

  start(): void {
    for (const slot of this.slots) void this.open(slot);
  }

  /** Undefined: no answer came, and what happened can't be known. */
  async ask(service: ServiceName, request: WireRequest): Promise<WireReply | undefined> {
    const { schedule, random, faults, fault } = this.world.around;
    return new Promise((resolve) => {
      const give = (reply: WireReply | undefined): void => {
        callOff();
        resolve(reply);
      };
      const callOff = schedule.after(clientPatience, () => give(undefined));
      if (random.chance(faults.lostRequest)) {
        fault('request lost');
        return;
      }
      schedule.after(random.between(faults.latency), () => this.arrive(service, request, give));
    });
  }

  private arrive(
    service: ServiceName,
    request: WireRequest,
    give: (reply: WireReply | undefined) => void,
  ): void {
    const { schedule, random, faults, tally, fault } = this.world.around;
    const open = this.slots.flatMap((slot) => (slot.service === service && slot.open ? [slot.open] : []));
    const [first, ...others] = open;
    if (!first) {
      tally('connection refused');
      give(undefined);
      return;
    }
    const { process, dispatch } = random.pick([first, ...others]);
    const forget = process.whenKilled(() => {
      tally('connection broken by a crash');
      give(undefined);
    });
    void dispatch(request).then((reply) => {
      if (!process.alive) return;
      forget();
      if (random.chance(faults.lostAnswer)) fault('answer lost');
      else schedule.after(random.between(faults.latency), () => give(reply));
    });
  }

  private async open(slot: Slot): Promise<void> {
    const { world, bug } = this;
    const platform = world.process(`${slot.service}#${slot.number}.${++slot.generation}`);
    const { process } = platform;
    process.whenKilled(() => {
      slot.open = undefined;
      const { schedule, random, faults } = world.around;
      schedule.after(random.between(faults.restartAfter), () => void this.open(slot));
    });
    try {
      const dressed: Platform = bug?.platform?.(platform, slot.service, world) ?? platform;
      const composed = composers(this.outside(process))[slot.service](dressed, (container) =>
        bug?.container?.(container, slot.service, dressed),
      );
      const service: Service = bug?.service?.(composed, dressed) ?? composed;
      await service.start?.();
      await dressed.run(service);
      const { clock, telemetry } = platform;
      slot.open = { process, dispatch: createDispatcher([service], { authenticate, clock, telemetry }) };
    } catch (error) {
      platform.telemetry.log.error('could not start', error);
      process.kill();
    }
  }
}

/** In this world a token is what it says: `Bearer <user> <role>`. */
function authenticate(authorization: string | undefined): Principal | undefined {
  const [, userId, role] = authorization?.split(' ') ?? [];
  if (userId === undefined) return undefined;
  const roles = role === 'organizer' || role === 'admin' ? ([role] as const) : [];
  return { userId, name: `Buyer ${userId}`, email: `${userId}@example.org`, roles };
}
