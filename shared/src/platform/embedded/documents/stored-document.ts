import type { Stored } from '../../../documents';

/** A row of a container's table. `sequence` grows with every write to the file, and is the etag. */
export interface Row {
  readonly partition: string;
  readonly id: string;
  readonly sequence: number;
  readonly body: string;
}

export const toStored = <Body extends object>({ partition, id, sequence, body }: Row): Stored<Body> => ({
  partition,
  id,
  etag: String(sequence),
  body: JSON.parse(body) as Body,
});
