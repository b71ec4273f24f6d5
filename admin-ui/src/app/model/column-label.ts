import type { Column } from './relation';

const WORDS = /^[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)*$/u;
const INNER_CAPITAL = /(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu;

/** What a column is called in the page: as configured, or its own name made readable. */
export function columnLabel({
  name,
  presentation: { label },
}: Pick<Column, 'name' | 'presentation'>): string {
  return label ?? readable(name);
}

/** The column's own name where its label says something else, to stand beside the label. */
export function nameBesideLabel(column: Pick<Column, 'name' | 'presentation'>): string | null {
  return columnLabel(column).toLowerCase() === column.name.toLowerCase() ? null : column.name;
}

/** `company_id` becomes “Company id”; what is not made of words stays, what is blank is quoted. */
function readable(name: string): string {
  if (!WORDS.test(name)) {
    return name.trim() === '' ? `"${name}"` : name;
  }
  const words = name
    .replaceAll('_', ' ')
    .replace(INNER_CAPITAL, (capital) => ` ${capital.toLowerCase()}`);
  const [first = ''] = words;
  return first.toUpperCase() + words.slice(first.length);
}
