import { Component, computed, inject, input } from '@angular/core';
import { Catalog } from '../../backend';
import { cellText } from '../../model';
import type { BackReference, RelationDetail, Row } from '../../model';
import { RelatedLink } from './related-link';

/** One list of rows elsewhere that refer to this row. */
interface Related {
  readonly reference: BackReference;
  readonly label: string;
  readonly values: readonly (readonly [column: string, value: string])[];
}

/** What refers to a row, as links to the grids that list it. */
@Component({
  selector: 'oriel-related-lists',
  imports: [RelatedLink],
  template: `
    <h2>Referred to by</h2>
    <ul>
      @for (related of lists(); track related.reference) {
        <li>
          <oriel-related-link
            [relation]="related.reference"
            [label]="related.label"
            [values]="related.values"
          />
        </li>
      }
    </ul>
  `,
  styles: `
    h2 {
      margin: 0 0 8px;
      color: var(--oriel-muted);
      font: var(--mat-sys-label-large);
    }

    ul {
      display: flex;
      flex-direction: column;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
  `,
})
export class RelatedLists {
  private readonly catalog = inject(Catalog);

  readonly detail = input.required<RelationDetail>();
  readonly row = input.required<Row>();

  protected readonly lists = computed<readonly Related[]>(() => {
    const references = this.detail().referencedBy;
    return references.flatMap((reference) => {
      const values = valuesOf(reference, this.row());
      return values === null ? [] : [{ reference, label: this.label(reference), values }];
    });
  });

  /** The relation's label; with the columns where it refers here more than once. */
  private label(reference: BackReference): string {
    const { schema, relation, columns } = reference;
    const label = this.catalog.find(reference)?.label ?? relation;
    const isSole =
      this.detail().referencedBy.filter((it) => it.schema === schema && it.relation === relation)
        .length === 1;
    return isSole ? label : `${label} (${columns.join(', ')})`;
  }
}

/** The values that the rows elsewhere hold; null where this row has NULL and none can refer to it. */
function valuesOf(
  { columns, references }: BackReference,
  row: Row,
): readonly (readonly [string, string])[] | null {
  const values: (readonly [string, string])[] = [];
  for (const [index, column] of columns.entries()) {
    const value = cellText(row[references[index] ?? '']);
    if (value === null) {
      return null;
    }
    values.push([column, value]);
  }
  return values;
}
