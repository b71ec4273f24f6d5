import type { RowCount } from '../model';

/** The total of a `Content-Range` such as `0-49/1234`; null where it says `*` or nothing. */
export function readContentRange(header: string | null, exact: boolean): RowCount | null {
  const total = header?.split('/')[1];
  return total !== undefined && /^\d+$/.test(total) ? { value: Number(total), exact } : null;
}
