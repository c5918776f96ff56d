export type Value = string | number | bigint | null | Uint8Array;

const unlimited = 0xffff;

/** Reads a message from front to back. */
export class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  skip(count: number): void {
    this.at += count;
  }

  byte(): number {
    return this.bytes.readUInt8((this.at += 1) - 1);
  }

  short(): number {
    return this.bytes.readUInt16LE((this.at += 2) - 2);
  }

  long(): number {
    return this.bytes.readUInt32LE((this.at += 4) - 4);
  }

  take(count: number): Buffer {
    return this.bytes.subarray(this.at, (this.at += count));
  }

  /** UTF-16, `count` code units or all that is left. */
  text(count = (this.bytes.length - this.at) / 2): string {
    return this.take(count * 2).toString('utf16le');
  }

  /** ALL_HEADERS: how long they are is all that matters here. */
  headers(): void {
    this.skip(this.bytes.readUInt32LE(this.at));
  }

  /** One parameter of a remote procedure call: its name and value. */
  parameter(): { name: string; value: Value } {
    const name = this.text(this.byte());
    this.skip(1);
    return { name, value: this.typed() };
  }

  private typed(): Value {
    const type = this.byte();
    switch (type) {
      case 0x26: // IntN
        this.skip(1);
        return this.sized((bytes) =>
          bytes.length === 8 ? bytes.readBigInt64LE() : bytes.readIntLE(0, bytes.length),
        );
      case 0x68: // BitN
        this.skip(1);
        return this.sized((bytes) => bytes.readUInt8());
      case 0x6d: // FloatN
        this.skip(1);
        return this.sized((bytes) => bytes.readDoubleLE());
      case 0xa7: // VarChar
        return this.varying(5, (bytes) => bytes.toString('latin1'));
      case 0xe7: // NVarChar
        return this.varying(5, (bytes) => bytes.toString('utf16le'));
      case 0xa5: // VarBinary
        return this.varying(0, (bytes) => bytes);
      default:
        throw new Error(`a parameter of type 0x${type.toString(16)}`);
    }
  }

  private sized(read: (bytes: Buffer) => Value): Value {
    const length = this.byte();
    return length === 0 ? null : read(this.take(length));
  }

  private varying(collation: number, read: (bytes: Buffer) => Value): Value {
    const most = this.short();
    this.skip(collation);
    if (most === unlimited) return this.chunks(read);
    const length = this.short();
    return length === 0xffff ? null : read(this.take(length));
  }

  private chunks(read: (bytes: Buffer) => Value): Value {
    const total = this.take(8).readBigUInt64LE();
    if (total === 0xffffffffffffffffn) return null;
    const parts: Buffer[] = [];
    for (let length = this.long(); length > 0; length = this.long()) parts.push(this.take(length));
    return read(Buffer.concat(parts));
  }
}
