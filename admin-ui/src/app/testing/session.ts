import type { SessionInfo } from '../model';

/** Somebody who may do everything. */
export const SESSION = {
  user: 'admin',
  authorities: ['ROLE_ADMIN'],
  application: 'sample',
  csrf: { header: 'X-CSRF-TOKEN', parameter: '_csrf', token: 'token' },
  readOnly: false,
  live: true,
  logout: '/logout',
} satisfies SessionInfo;
