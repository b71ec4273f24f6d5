export { Session } from './session';
export type { SessionStatus } from './session';
export { sessionInterceptor } from './session-interceptor';
export { SignOut } from './sign-out';
export { UnsavedWork } from './unsaved-work';
