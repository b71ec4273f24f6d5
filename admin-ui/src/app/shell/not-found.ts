import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../ui';

/** The page for addresses that lead nowhere. */
@Component({
  selector: 'oriel-not-found',
  imports: [EmptyState, MatButton, RouterLink],
  template: `
    <oriel-empty-state icon="search" heading="There is nothing at this address" [level]="1">
      It may have been renamed, or mistyped.
      <a matButton="outlined" routerLink="/" emptyAction>All tables</a>
    </oriel-empty-state>
  `,
})
export class NotFound {}
