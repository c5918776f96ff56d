import type { ContainerSpec } from '@boxoffice/shared/documents';

/** One partition an event: its stock, its orders' outcomes. And one, `keys`, of public keys. */
export const Inventory = Symbol('Inventory');
/** One partition a buyer: their tickets. */
export const WalletsContainer = Symbol('WalletsContainer');
/** One partition: which events have holds that fall due in which minute. */
export const DueContainer = Symbol('DueContainer');

export const inventorySpec: ContainerSpec = { name: 'inventory', ttl: false };
export const walletsSpec: ContainerSpec = { name: 'wallets', ttl: false };
export const dueSpec: ContainerSpec = { name: 'due', ttl: false };
