import type { Routes } from '@angular/router';
import { NotFound } from './shell';
import { TableIndex } from './tables';

export const routes: Routes = [
  { path: '', pathMatch: 'full', component: TableIndex },
  { path: '**', component: NotFound, title: 'Not found' },
];
