import type { ContainerSpec } from '../../../documents';
import { toMilliseconds, type Clock } from '../../../kernel';
import { SqliteFile } from '../sqlite-file';
import { EmbeddedContainer } from './container';
import type { DocumentWriter } from './document-writer';
import { FileWriter } from './file-writer';
import { createFile } from './statements';
import { ThreadedWriter } from './threaded-writer';

/** The document database of one service: a table a container, one sequence of changes, and where its feeds are. */
export class DocumentFile {
  private readonly file: SqliteFile;
  private readonly writer: DocumentWriter;
  private readonly containers = new Map<string, EmbeddedContainer>();

  /** `thread`: the program that writes to it, in a thread of its own; without one it is this thread that does. */
  constructor(
    path: string,
    private readonly clock: Clock,
    thread?: string,
  ) {
    this.file = new SqliteFile(path);
    createFile(this.file);
    this.writer = thread === undefined ? new FileWriter(this.file) : new ThreadedWriter(thread, path);
  }

  container(spec: ContainerSpec): EmbeddedContainer {
    let container = this.containers.get(spec.name);
    if (!container) {
      container = new EmbeddedContainer(spec, this.file, this.writer, this.clock);
      this.containers.set(spec.name, container);
    }
    return container;
  }

  checkpoint(feed: string): string | undefined {
    const { rows } = this.file.run('select continuation from checkpoint where feed = ?', [feed]);
    return (rows[0] as { continuation: string } | undefined)?.continuation;
  }

  saveCheckpoint(feed: string, continuation: string): Promise<void> {
    return this.writer.saveCheckpoint(feed, continuation);
  }

  async sweep(): Promise<void> {
    const now = toMilliseconds(this.clock.now());
    for (const { name, spec } of this.containers.values()) if (spec.ttl) await this.writer.sweep(name, now);
  }

  async close(): Promise<void> {
    await this.writer.close();
    this.file.close();
  }
}
