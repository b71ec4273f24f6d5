import { Component, inject, Service } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialog,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that goes on says. */
  readonly yes: string;
  readonly no?: string;
  /** Whether going on destroys something. */
  readonly destructive?: boolean;
}

@Component({
  selector: 'oriel-question',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ question.title }}</h2>
    <mat-dialog-content>{{ question.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button type="button" matButton="text" [matDialogClose]="false" cdkFocusInitial>
        {{ question.no ?? 'Cancel' }}
      </button>
      <button
        type="button"
        matButton="filled"
        [class.destructive]="question.destructive === true"
        [matDialogClose]="true"
      >
        {{ question.yes }}
      </button>
    </mat-dialog-actions>
  `,
})
class QuestionDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}

/** Asks before something is done that cannot be undone. */
@Service()
export class Confirm {
  private readonly dialog = inject(MatDialog);

  /** Whether the user wants to go on. */
  ask(question: Question): Promise<boolean> {
    const dialog = this.dialog.open<QuestionDialog, Question, boolean>(QuestionDialog, {
      data: question,
      role: 'alertdialog',
      width: '28rem',
      maxWidth: 'calc(100vw - 32px)',
      autoFocus: '[cdkFocusInitial]',
    });
    return new Promise((resolve) => {
      dialog.afterClosed().subscribe((answer) => {
        resolve(answer === true);
      });
    });
  }
}
