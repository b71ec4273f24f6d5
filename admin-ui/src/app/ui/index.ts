export { EmptyState } from './empty-state';
export { Icon } from './icon';
export type { IconName } from './icons';
export { Notice } from './notice';
export type { NoticeTone } from './notice';
