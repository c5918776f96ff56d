import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Problem } from './problem';
import { AsNumber } from './validators';

/** `?limit=&cursor=`: the query of a list, or what its class extends. */
export class PageQuery {
  @IsOptional() @AsNumber() @IsInt() @Min(1) @Max(100) limit: number = 20;
  @IsOptional() @IsString() @MaxLength(1024) cursor?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** Where a list goes on, as sortable values of its last item; callers are not to look inside. */
export type Position = readonly (string | number)[];

export const encodeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * A cursor → the position it stands for, whose values have the types of `like`; undefined for none (the first page).
 * Throws a Problem (400) for a cursor that this list did not answer.
 */
export function decodeCursor<const Like extends Position>(
  cursor: string | undefined,
  ...like: Like
): { [I in keyof Like]: Like[I] extends string ? string : number } | undefined {
  if (cursor === undefined) return undefined;
  const position = parsed(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === like.length &&
    encodeCursor(position as Position) === cursor &&
    like.every((value, i) => typeof value === typeof position[i]);
  if (!fits) {
    const errors = [
      { field: 'cursor', code: 'cursor', message: 'cursor must be a nextCursor that this list answered' },
    ];
    throw new Problem(400, 'invalid-request', 'One thing is wrong with this request.', { errors });
  }
  return position as { [I in keyof Like]: Like[I] extends string ? string : number };
}

/** `items`: one more than `limit` were asked for; its presence tells that there is another page. */
export function page<Item>(
  items: readonly Item[],
  limit: number,
  cursorOf: (last: Item) => Position,
): Page<Item> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return items.length <= limit || last === undefined
    ? { items: shown }
    : { items: shown, nextCursor: encodeCursor(cursorOf(last)) };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}
