import { inject, Injectable, signal } from '@angular/core';
import { ReferenceLookup } from '../../fields';
import { cellText, relationPath, rowPath } from '../../model';
import type { ForeignKey, RelationDetail, Row } from '../../model';
import { relatedParams } from './grid-state';
import type { GridParams } from './grid-state';

/** Where a link in a cell leads. */
export interface RowLink {
  readonly path: readonly string[];
  readonly params: GridParams;
  readonly title: string;
}

/** Leads from foreign keys to the rows they point to. */
@Injectable()
export class RowLinks {
  private readonly lookup = inject(ReferenceLookup);
  /** Referenced relations, once they are known. Two keys of a view may have one name. */
  private readonly targets = signal<ReadonlyMap<string, RelationDetail>>(new Map());

  /** Gets to know what the foreign keys point to. */
  use({ foreignKeys }: RelationDetail): void {
    foreignKeys.forEach((foreignKey) => void this.learn(foreignKey));
  }

  /** The link in a column of a row; undefined where there is none. */
  linkOf(detail: RelationDetail, column: string, row: Row): RowLink | undefined {
    const foreignKey =
      detail.foreignKeys.find((it) => it.columns.length === 1 && it.columns[0] === column) ??
      detail.foreignKeys.find((it) => it.columns.includes(column));
    const target = foreignKey && this.targets().get(idOf(foreignKey));
    return foreignKey && target && linkTo(foreignKey, target, row);
  }

  private async learn(foreignKey: ForeignKey): Promise<void> {
    try {
      const target = await this.lookup.relation(foreignKey.references);
      this.targets.update((known) => new Map(known).set(idOf(foreignKey), target));
    } catch {
      // Without a look at the referenced relation, its keys are shown but lead nowhere.
    }
  }
}

function idOf({ references: { schema, relation } }: ForeignKey): string {
  return JSON.stringify([schema, relation]);
}

/** To the row itself by its primary key, else to the rows that have the referenced values. */
export function linkTo(
  { columns, references }: ForeignKey,
  target: RelationDetail,
  row: Row,
): RowLink | undefined {
  const values = new Map<string, string>();
  for (const [index, column] of columns.entries()) {
    const value = cellText(row[column]);
    const referenced = references.columns[index];
    if (value === null || referenced === undefined) {
      return undefined;
    }
    values.set(referenced, value);
  }
  const key = target.primaryKey.flatMap((column) => values.get(column) ?? []);
  const isWhole = key.length > 0 && key.length === target.primaryKey.length;
  const title = `${target.label} ${[...values.values()].join(', ')}`;
  return isWhole
    ? { path: rowPath(references, key), params: {}, title }
    : { path: relationPath(references), params: relatedParams([...values]), title };
}
