import { HttpClient, HttpHeaders } from '@angular/common/http';
import type { HttpResponse } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import {
  isJsonArray,
  isJsonObject,
  keyQuery,
  parseJson,
  versioned,
  writeJson,
  writeQuery,
} from '../model';
import type {
  JsonObject,
  QueryParameters,
  RelationName,
  Row,
  RowPage,
  VersionedRow,
} from '../model';
import { apiPath, ServerAddress } from './address';
import { readContentRange } from './content-range';
import { settled } from './settled';

const ONE = 'application/vnd.pgrst.object+json';
const RETURNED = 'return=representation, row-version';

export interface PageRequest {
  /** How to count; without it, nothing is counted. */
  readonly count?: 'exact' | 'planned' | 'estimated';
  /** Whether each row shall carry its version. */
  readonly versions?: boolean;
  readonly signal?: AbortSignal;
}

/** What is needed to name one row. */
export interface RowName extends RelationName {
  readonly primaryKey: readonly string[];
  readonly key: readonly string[];
}

/** Reads and writes rows. Every call rejects with a `ProblemError`. */
@Service()
export class Rows {
  private readonly http = inject(HttpClient);
  private readonly address = inject(ServerAddress);

  /** The rows that a query names; `limit`, `offset` and `order` are part of the query. */
  async page(name: RelationName, query: string, request: PageRequest = {}): Promise<RowPage> {
    const prefer = [
      request.count === undefined ? [] : [`count=${request.count}`],
      request.versions === true ? ['row-version'] : [],
    ].flat();
    const headers = prefer.length > 0 ? { Prefer: prefer.join(', ') } : {};
    const response = await this.send('GET', name, query, { headers, signal: request.signal });
    const rows = rowsOf(response);
    const exact = request.count === 'exact';
    return { rows, count: readContentRange(response.headers.get('Content-Range'), exact) };
  }

  /** One row by its key. */
  async row(name: RowName, signal?: AbortSignal): Promise<VersionedRow> {
    const headers = { Accept: ONE, Prefer: 'row-version' };
    return rowOf(await this.send('GET', name, queryOf(name), { headers, signal }));
  }

  /** Adds a row of the given members and answers it as PostgreSQL stored it. */
  async insert(name: RelationName, row: JsonObject): Promise<VersionedRow> {
    const headers = { Accept: ONE, Prefer: RETURNED };
    return rowOf(await this.send('POST', name, '', { headers, body: writeJson(row) }));
  }

  /** Changes the given members of one row, if it still has the version given. */
  async update(name: RowName, changes: JsonObject, version: string): Promise<VersionedRow> {
    const headers = { Accept: ONE, Prefer: RETURNED, ...ifMatch(version) };
    const body = writeJson(changes);
    return rowOf(await this.send('PATCH', name, queryOf(name), { headers, body }));
  }

  /** Deletes one row, if it still has the version given. */
  async remove(name: RowName, version: string): Promise<void> {
    const headers = { Prefer: 'return=minimal, row-version', ...ifMatch(version) };
    await this.send('DELETE', name, queryOf(name), { headers });
  }

  private send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    { schema, relation }: RelationName,
    query: string,
    request: {
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<HttpResponse<string>> {
    const path = apiPath('rest', relation) + (query === '' ? '' : `?${query}`);
    let headers = new HttpHeaders(request.headers);
    headers = headers.set(method === 'GET' ? 'Accept-Profile' : 'Content-Profile', schema);
    if (request.body !== undefined) {
      headers = headers.set('Content-Type', 'application/json');
    }
    const answer = this.http.request(method, this.address.url(path), {
      headers,
      body: request.body ?? null,
      observe: 'response',
      responseType: 'text',
    });
    return settled(answer, request.signal);
  }
}

function queryOf({ primaryKey, key }: RowName): string {
  const parameters: QueryParameters = keyQuery(primaryKey, key);
  return writeQuery(parameters);
}

function ifMatch(version: string): Record<string, string> {
  return { 'If-Match': `"${version}"` };
}

function rowsOf(response: HttpResponse<string>): readonly Row[] {
  const value = parseJson(response.body ?? '');
  if (!isJsonArray(value)) {
    throw new SyntaxError('The answer is not a list of rows');
  }
  return value.filter(isJsonObject);
}

function rowOf(response: HttpResponse<string>): VersionedRow {
  const value = parseJson(response.body ?? '');
  if (!isJsonObject(value)) {
    throw new SyntaxError('The answer is not a row');
  }
  return versioned(value);
}
