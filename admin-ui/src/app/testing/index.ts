export { FakeLive } from './fake-live';
export { column, relationDetail } from './relations';
export { SESSION } from './session';
