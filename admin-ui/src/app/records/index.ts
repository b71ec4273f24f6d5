import { inject } from '@angular/core';
import type { ActivatedRouteSnapshot, Routes } from '@angular/router';
import { Catalog } from '../backend';
import type { RecordPage } from './record-detail';

/** The pages of a relation and of its rows, loaded when they are first gone to. */
export const recordRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: (route: ActivatedRouteSnapshot) => relationTitle(route),
    loadComponent: async () => (await import('./record-list')).RecordList,
  },
  {
    path: 'new',
    title: (route: ActivatedRouteSnapshot) => `New row · ${relationTitle(route)}`,
    loadComponent: async () => (await import('./record-detail')).RecordPage,
    canDeactivate: [(page: RecordPage) => page.mayLeave()],
  },
  {
    path: 'r/:key',
    title: (route: ActivatedRouteSnapshot) =>
      `${route.paramMap.get('key') ?? ''} · ${relationTitle(route)}`,
    loadComponent: async () => (await import('./record-detail')).RecordPage,
    canDeactivate: [(page: RecordPage) => page.mayLeave()],
  },
];

function relationTitle(route: ActivatedRouteSnapshot): string {
  const schema = route.paramMap.get('schema') ?? '';
  const relation = route.paramMap.get('relation') ?? '';
  return inject(Catalog).find({ schema, relation })?.label ?? relation;
}
