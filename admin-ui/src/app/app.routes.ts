import type { Routes } from '@angular/router';
import { recordRoutes } from './records';
import { NotFound } from './shell';
import { TableIndex } from './tables';

export const routes: Routes = [
  { path: '', pathMatch: 'full', component: TableIndex },
  { path: 't/:schema/:relation', children: recordRoutes },
  { path: '**', component: NotFound, title: 'Not found' },
];
