import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { LiveInstallations, problemOf } from '../../backend';
import type { LiveInstallation, Problem, RelationName } from '../../model';
import { Notice } from '../../ui';

/** Shows the SQL that makes a table's updates instant, and runs it when told to. */
@Component({
  selector: 'oriel-live-installer',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, Notice],
  template: `
    <h2 matDialogTitle>Turn on instant updates</h2>
    <mat-dialog-content>
      <p>
        Oriel adds statement triggers to <strong>{{ name.schema }}.{{ name.relation }}</strong> that
        note which rows changed. They can never make a write fail. This is the SQL:
      </p>
      @if (installation(); as found) {
        <pre tabindex="0">{{ found.sql ?? 'The server offers no SQL for this table.' }}</pre>
      }
      @if (problem(); as trouble) {
        <oriel-notice tone="error">{{ trouble.message }} {{ trouble.hint }}</oriel-notice>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button type="button" matButton="text" matDialogClose>Cancel</button>
      <button
        type="button"
        matButton="filled"
        [disabled]="isRunning() || installation()?.installable !== true"
        (click)="run()"
      >
        Run this SQL
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
    pre {
      max-block-size: 40vh;
      margin: 0 0 12px;
      padding: 12px;
      overflow: auto;
      border: 1px solid var(--oriel-border);
      border-radius: var(--oriel-radius);
      background: var(--mat-sys-surface-container-low);
      font-size: 12px;
      line-height: 1.5;
    }
  `,
})
export class LiveInstaller {
  protected readonly name = inject<RelationName>(MAT_DIALOG_DATA);
  private readonly installations = inject(LiveInstallations);
  private readonly dialog = inject<MatDialogRef<LiveInstaller, boolean>>(MatDialogRef);

  protected readonly installation = signal<LiveInstallation | undefined>(undefined);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isRunning = signal(false);

  constructor() {
    void this.load();
  }

  protected async run(): Promise<void> {
    this.isRunning.set(true);
    try {
      await this.installations.install(this.name);
      this.dialog.close(true);
    } catch (error) {
      this.problem.set(problemOf(error));
      this.isRunning.set(false);
    }
  }

  private async load(): Promise<void> {
    try {
      this.installation.set(await this.installations.load(this.name));
    } catch (error) {
      this.problem.set(problemOf(error));
    }
  }
}
