import type { Instant } from '@boxoffice/shared/kernel';
import type { Address, Note, Notification } from './notification';
import type { Occasion } from './occasion';

/** Notifications, each with its user, or with nobody. */
export interface Notifications {
  /** Keeps a new one; where there is one of that id, nothing happens. */
  record(notification: Notification): Promise<void>;
  find(address: Address): Promise<Kept | undefined>;
  /** Writes what has become of `kept`; undefined where another has written since. */
  save(kept: Kept, next: Notification): Promise<Kept | undefined>;
  /** By id: what is about one order stands together; `after` is the id of the last one seen. */
  ofUser(
    userId: string,
    page: { readonly limit: number; readonly after: string | undefined },
  ): Promise<readonly Notification[]>;
}
export const Notifications = Symbol('Notifications');

export interface Kept {
  readonly notification: Notification;
  readonly etag: string;
}

/**
 * Which version of which notification wants attention when. A note about a version that has been followed by another is
 * out of date: the later one was seen when it was written.
 */
export interface Agenda {
  remember(note: Note): Promise<void>;
  /** What is due at `now`: high priority before normal, in each the longest overdue first. */
  due(now: Instant, limit: number): Promise<readonly Note[]>;
  forget(note: Note): Promise<void>;
}
export const Agenda = Symbol('Agenda');

/** Says in words what there is to say. */
export interface Letters {
  write(occasion: Occasion): Letter;
}
export const Letters = Symbol('Letters');

export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What goes with a letter: tickets and receipt. */
export interface Papers {
  enclose(occasion: Occasion): Promise<readonly Enclosure[]>;
}
export const Papers = Symbol('Papers');

export interface Enclosure {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Hands letters to whoever delivers them. The same id is one letter, however often it is posted. Throws what may pass. */
export interface Post {
  send(id: string, letter: Letter, enclosures: readonly Enclosure[]): Promise<Posted>;
}
export const Post = Symbol('Post');

export type Posted =
  | { readonly taken: true; readonly providerId: string }
  /** It will never be taken: the address can't be one, for instance. */
  | { readonly taken: false; readonly reason: string };

/** Whoever minds the post: told how each attempt ended. */
export interface Watch {
  sent(notification: Notification): void;
  putOff(notification: Notification, error: unknown): void;
  /** It had become too late before it was sent. */
  expired(notification: Notification): void;
  /** Nobody will try again by themselves. */
  gaveUp(notification: Notification, error: unknown): void;
}
export const Watch = Symbol('Watch');
