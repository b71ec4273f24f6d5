import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { FieldDisplay } from '../../fields';
import { columnLabel } from '../../model';
import type { Cell, Column, RelationDetail } from '../../model';
import type { Conflict, Draft } from './record-draft';

interface ConflictRow extends Conflict {
  readonly definition: Column;
  readonly label: string;
}

/** What both the user and somebody else changed, side by side, to choose from. */
@Component({
  selector: 'oriel-conflict-table',
  imports: [FieldDisplay, MatButton],
  templateUrl: './conflict-table.html',
  styleUrl: './conflict-table.scss',
})
export class ConflictTable {
  readonly detail = input.required<RelationDetail>();
  readonly draft = input.required<Draft>();

  readonly resolved = output<{ readonly column: string; readonly keep: 'mine' | 'theirs' }>();

  protected readonly rows = computed<readonly ConflictRow[]>(() =>
    this.draft().conflicts.flatMap((conflict) => {
      const definition = this.detail().columns.find((it) => it.name === conflict.column);
      return definition === undefined
        ? []
        : [{ ...conflict, definition, label: columnLabel(definition) }];
    }),
  );

  protected shown(value: Cell | undefined): Cell {
    return value ?? null;
  }

  protected resolveAll(keep: 'mine' | 'theirs'): void {
    for (const { column } of this.rows()) {
      this.resolved.emit({ column, keep });
    }
  }
}
