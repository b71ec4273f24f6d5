import type { ActivatedRouteSnapshot, Routes } from '@angular/router';
import { keyText, readKey } from '../model';
import type { RecordPage } from './record-detail';

/** The pages of a relation and of its rows, loaded when they are first gone to. */
export const recordRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    loadComponent: async () => (await import('./record-list')).RecordList,
  },
  {
    path: 'new',
    title: 'New row',
    loadComponent: async () => (await import('./record-detail')).RecordPage,
    canDeactivate: [(page: RecordPage) => page.mayLeave()],
  },
  {
    path: 'r/:key',
    title: (route: ActivatedRouteSnapshot) => keyText(readKey(route.paramMap.get('key') ?? '')),
    loadComponent: async () => (await import('./record-detail')).RecordPage,
    canDeactivate: [(page: RecordPage) => page.mayLeave()],
  },
];
