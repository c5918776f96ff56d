import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Fault } from './fault';
import { aboutUsers, createPrincipals, externalUsers, type Principal } from './principals';
import type { Value } from './reader';
import { Session, type Served } from './session';
import { SqlError, type Outcome } from './sql-error';
import { run } from './statements';

/**
 * A server that speaks TDS on a loopback port, so that the real driver can be tried: the statements run on SQLite, as
 * far as T-SQL and SQLite mean the same; what SQLite alone understands is refused. One transaction runs at a time.
 */
export class TdsDouble implements Served {
  /** Every statement and transaction request, in order. */
  readonly asked: string[] = [];
  /** The parameters' types, of each statement that has any. */
  readonly declared: string[] = [];
  /** Whether it says, as SQL Server does, which collation the database has. */
  collated = true;
  private readonly folder = mkdtempSync(join(tmpdir(), 'tds-'));
  private readonly writer = new DatabaseSync(join(this.folder, 'double.sqlite'));
  private readonly reader: DatabaseSync;
  private readonly sockets = new Set<Socket>();
  private readonly faults: { fault: Fault; left: number }[] = [];
  private readonly refusals: SqlError[] = [];
  private last = Promise.resolve();
  private readonly server = createServer((socket) => {
    socket.setNoDelay(true);
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    new Session(socket, this);
  });

  private constructor() {
    this.writer.exec('pragma journal_mode = wal; pragma synchronous = off');
    createPrincipals(this.writer);
    this.reader = new DatabaseSync(join(this.folder, 'double.sqlite'));
  }

  static async start(): Promise<TdsDouble> {
    const double = new TdsDouble();
    await new Promise<void>((resolve) => double.server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get connectionString(): string {
    const { port } = this.server.address() as AddressInfo;
    return `Server=127.0.0.1,${port};Database=double;User Id=any;Password=any;Encrypt=false`;
  }

  get connections(): number {
    return this.sockets.size;
  }

  fail(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? 1 });
  }

  /** The next to log in is refused, as a server's firewall does it. */
  refuseLogin(error: number, message: string): void {
    this.refusals.push(new SqlError(error, message));
  }

  refusal(): SqlError | undefined {
    return this.refusals.shift();
  }

  /** An operator's own deed. */
  letInto(role: string, user: string): void {
    aboutUsers(this.writer, `alter role "${role}" add member "${user}"`);
  }

  /** Who has been let into the database, besides its owner. */
  get users(): readonly Principal[] {
    return externalUsers(this.reader);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.reader.close();
    this.writer.close();
    rmSync(this.folder, { recursive: true });
  }

  faultFor(asked: string): Fault | undefined {
    this.asked.push(asked);
    const at = this.faults.findIndex(({ fault }) => fault.on.test(asked));
    const found = this.faults[at];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.faults.splice(at, 1);
    return found.fault;
  }

  /** Waits until nobody else writes. */
  async begin(): Promise<() => void> {
    const before = this.last;
    let release: () => void = () => undefined;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    this.writer.exec('begin immediate');
    return release;
  }

  end(how: 'commit' | 'rollback'): void {
    this.writer.exec(how);
  }

  run(text: string, parameters: Readonly<Record<string, Value>>, inTransaction: boolean): Outcome {
    if (inTransaction) return run(this.writer, text, parameters);
    if (!/^select/i.test(text)) throw new SqlError(3906, 'this double writes in transactions alone');
    return run(this.reader, text, parameters);
  }
}
