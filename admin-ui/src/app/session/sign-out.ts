import { DOCUMENT, inject, Service } from '@angular/core';
import { Session } from './session';

/** Leaves through the host's own logout form. */
@Service()
export class SignOut {
  private readonly document = inject(DOCUMENT);
  private readonly session = inject(Session);

  /** Posts the host's logout form, as its own button would. */
  now(): void {
    const { csrf, logout } = this.session.info() ?? {};
    if (logout === null || logout === undefined) {
      return;
    }
    const form = this.document.createElement('form');
    form.method = 'post';
    form.action = logout;
    form.hidden = true;
    if (csrf) {
      const field = this.document.createElement('input');
      field.name = csrf.parameter;
      field.value = csrf.token;
      form.append(field);
    }
    this.document.body.append(form);
    form.submit();
  }
}
