export { LiveConnection } from './live-connection';
export type { ConnectionState } from './live-connection';
export { liveWindow } from './live-window';
export type { LiveBatch, LiveQuery, LiveState, LiveStatus, LiveWindow } from './live-window';
export { watchSchema } from './schema-watch';
export type { AppliedChange } from './window-state';
