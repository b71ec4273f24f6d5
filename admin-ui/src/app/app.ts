import { Component } from '@angular/core';
import { Layout } from './shell';

@Component({
  selector: 'app-root',
  imports: [Layout],
  template: `<oriel-layout />`,
  styles: `
    :host {
      display: block;
      height: 100%;
    }
  `,
})
export class App {}
