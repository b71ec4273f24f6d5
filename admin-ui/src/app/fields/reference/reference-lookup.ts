import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { apiPath, Rows, ServerAddress, settled } from '../../backend';
import { cellText, writeQuery } from '../../model';
import type { ForeignKey, RelationDetail, RelationName, Row } from '../../model';
import { labelColumns, referenceQuery, rowTitle } from './reference-query';

/** A row that a foreign key may point to. */
export interface ReferenceOption {
  /** The value of the referenced column. */
  readonly value: string;
  readonly label: string;
}

const MOST_OPTIONS = 20;

/** Searches the rows that a foreign key of one column may point to, a few at a time. */
@Service()
export class ReferenceLookup {
  private readonly http = inject(HttpClient);
  private readonly address = inject(ServerAddress);
  private readonly rows = inject(Rows);
  private readonly details = new Map<string, Promise<RelationDetail>>();

  /** Some rows whose label or key fits the term. Rejects with a `ProblemError`. */
  async search(
    { references }: ForeignKey,
    term: string,
    signal: AbortSignal,
  ): Promise<readonly ReferenceOption[]> {
    const [target] = references.columns;
    if (target === undefined) {
      return [];
    }
    const detail = await this.relation(references);
    const parameters = referenceQuery(detail, target, term, MOST_OPTIONS);
    const page = await this.rows.page(references, writeQuery(parameters), { signal });
    return page.rows.flatMap((row: Row) => {
      const value = cellText(row[target]);
      return value === null ? [] : [{ value, label: rowTitle(detail, row, labelColumns(detail)) }];
    });
  }

  /** What is known of a relation. Rejects with a `ProblemError`. */
  relation({ schema, relation }: RelationName): Promise<RelationDetail> {
    const url = this.address.url(apiPath('schema', schema, relation));
    const detail = this.details.get(url) ?? settled(this.http.get<RelationDetail>(url));
    this.details.set(url, detail);
    detail.catch(() => this.details.delete(url));
    return detail;
  }
}
