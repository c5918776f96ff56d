import type { Socket } from 'node:net';
import type { Fault } from './fault';
import { kinds, onMessage, packets } from './packets';
import { Reader, type Value } from './reader';
import { SqlError, type Outcome } from './sql-error';
import { done, failure, loginAck, preloginReply, resultSet, returnStatus, transactionChange } from './tokens';

const requests = new Map<number, 'begin' | 'commit' | 'rollback'>([
  [5, 'begin'],
  [7, 'commit'],
  [8, 'rollback'],
]);

/** What a connection needs of the server behind it. */
export interface Served {
  readonly collated: boolean;
  readonly declared: string[];
  begin(): Promise<() => void>;
  end(how: 'commit' | 'rollback'): void;
  run(text: string, parameters: Readonly<Record<string, Value>>, inTransaction: boolean): Outcome;
  faultFor(asked: string): Fault | undefined;
  /** What the next who logs in is refused with. */
  refusal(): SqlError | undefined;
}

/** One connection: logs in whoever comes, runs statements one after the other, and knows whether a transaction is open. */
export class Session {
  /** Gives the writer back; there is one while a transaction is open. */
  private release: (() => void) | undefined;
  private turn = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly server: Served,
  ) {
    onMessage(socket, (kind, message) => {
      this.turn = this.turn.then(() => this.handle(kind, message));
    });
    socket.on('close', () => this.abandon());
    socket.on('error', () => this.abandon());
  }

  private async handle(kind: number, message: Buffer): Promise<void> {
    if (kind === kinds.prelogin) this.send(preloginReply());
    else if (kind === kinds.login) this.login();
    else if (kind === kinds.batch)
      this.send(done(0xfd)); // the driver's own settings, `set …`
    else if (kind === kinds.transaction) await this.transaction(message);
    else if (kind === kinds.rpc) await this.statement(message);
    else if (kind === kinds.attention) this.cancelled();
  }

  private login(): void {
    const refusal = this.server.refusal();
    if (refusal === undefined) this.send(loginAck(this.server));
    else this.send(Buffer.concat([failure(refusal.number, refusal.message), done(0xfd, { failed: true })]));
  }

  private async transaction(message: Buffer): Promise<void> {
    const reader = new Reader(message);
    reader.headers();
    const request = requests.get(reader.short());
    if (request === undefined) throw new Error('a transaction request that this double does not know');
    await this.answer(request, async () => {
      if (request === 'begin') this.release = await this.server.begin();
      else if (this.release === undefined)
        throw new SqlError(3902, `The ${request} has no corresponding BEGIN TRANSACTION.`);
      else this.end(request);
      return Buffer.concat([transactionChange(request), done(0xfd)]);
    });
  }

  private async statement(message: Buffer): Promise<void> {
    const reader = new Reader(message);
    reader.headers();
    if (reader.short() !== 0xffff || reader.short() !== 10)
      throw new Error('only sp_executesql is called here');
    reader.skip(2);
    const text = String(reader.parameter().value);
    const parameters: Record<string, Value> = {};
    if (!reader.done) this.server.declared.push(String(reader.parameter().value));
    while (!reader.done) {
      const { name, value } = reader.parameter();
      parameters[name] = value;
    }
    await this.answer(text, async () => {
      const { columns, rows, affected } = this.server.run(text, parameters, this.release !== undefined);
      const set = columns.length === 0 ? Buffer.alloc(0) : resultSet(columns, rows);
      return Buffer.concat([set, done(0xff, { affected }), returnStatus(), done(0xfe)]);
    });
  }

  /** Does what was asked, unless a fault was waiting for it. */
  private async answer(asked: string, work: () => Promise<Buffer>): Promise<void> {
    const fault = this.server.faultFor(asked);
    if (fault && 'drop' in fault) {
      if (fault.drop === 'after') await work();
      this.abandon();
      this.socket.destroy();
      return;
    }
    if (fault && 'silent' in fault) return;
    try {
      if (fault) throw new SqlError(fault.error, 'an error that was asked for');
      this.send(await work());
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      this.send(
        Buffer.concat([
          failure(error.number, error.message),
          this.deadlocked(error),
          done(0xfe, { failed: true }),
        ]),
      );
    }
  }

  /** The victim of a deadlock has lost its transaction. */
  private deadlocked({ number }: SqlError): Buffer {
    if (number !== 1205 || this.release === undefined) return Buffer.alloc(0);
    this.end('rollback');
    return transactionChange('rollback');
  }

  /** What was cancelled ends first, then the wish to cancel is answered: the driver reads two messages. */
  private cancelled(): void {
    this.send(done(0xfd, { failed: true }));
    this.send(done(0xfd, { attention: true }));
  }

  private end(how: 'commit' | 'rollback'): void {
    this.server.end(how);
    this.release?.();
    this.release = undefined;
  }

  private abandon(): void {
    if (this.release !== undefined) this.end('rollback');
  }

  private send(message: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(packets(message));
  }
}
