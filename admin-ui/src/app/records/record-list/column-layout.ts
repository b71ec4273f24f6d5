import { formatOf, guessFormat, isNumeric } from '../../fields';
import type { CellFormat } from '../../fields';
import { columnLabel } from '../../model';
import type { Column, ColumnSettings, RelationDetail, RelationSettings } from '../../model';

/** A column as the user sees it: the server's presentation, refined by the user's settings. */
export interface ColumnLayout {
  readonly column: Column;
  readonly label: string;
  readonly hidden: boolean;
  readonly width: number;
  readonly format: CellFormat;
  /** What the user chose; what is absent comes from the presentation or a guess. */
  readonly chosen: ColumnSettings;
}

/** All columns in the order in which they are shown, the hidden ones among them. */
export function layOutColumns(
  detail: RelationDetail,
  settings: RelationSettings | null,
): readonly ColumnLayout[] {
  const chosen = new Map(settings?.columns.map((it) => [it.name, it]));
  return orderedColumns(detail, settings).map((column) =>
    layOut(column, chosen.get(column.name) ?? { name: column.name }),
  );
}

/** The settings that lay out the columns like this. */
export function settingsOf(layout: readonly ColumnLayout[]): RelationSettings {
  return { columns: layout.map((column) => column.chosen) };
}

/** The layout with one column changed by the user. */
export function withChoice(
  layout: readonly ColumnLayout[],
  name: string,
  choice: Partial<ColumnSettings>,
): readonly ColumnLayout[] {
  return layout.map((it) =>
    it.column.name === name ? layOut(it.column, { ...it.chosen, ...choice }) : it,
  );
}

/** The layout with one column given back its own width, format and visibility. */
export function withoutChoice(
  layout: readonly ColumnLayout[],
  name: string,
  ...choices: readonly (keyof Omit<ColumnSettings, 'name'>)[]
): readonly ColumnLayout[] {
  return layout.map((it) => {
    if (it.column.name !== name) {
      return it;
    }
    const kept = Object.entries(it.chosen).filter(
      ([choice]) => !(choices as readonly string[]).includes(choice),
    );
    return layOut(it.column, { ...Object.fromEntries(kept), name });
  });
}

/** The layout with a column moved to another place. */
export function withPlace(
  layout: readonly ColumnLayout[],
  name: string,
  place: number,
): readonly ColumnLayout[] {
  const moved = layout.find((it) => it.column.name === name);
  if (moved === undefined) {
    return layout;
  }
  const others = layout.filter((it) => it !== moved);
  return [...others.slice(0, place), moved, ...others.slice(place)];
}

function layOut(column: Column, chosen: ColumnSettings): ColumnLayout {
  const { presentation } = column;
  return {
    column,
    label: columnLabel(column),
    hidden: chosen.hidden ?? presentation.hidden ?? false,
    width: chosen.width ?? presentation.width ?? guessWidth(column),
    format: chosenFormat(column, chosen),
    chosen,
  };
}

function chosenFormat(column: Column, { format, options }: ColumnSettings): CellFormat {
  if (format === undefined) {
    return formatOf(column);
  }
  const guess = guessFormat(column);
  return { name: format, options: options ?? (guess.name === format ? guess.options : {}) };
}

/** The user's order; a column the user has not seen yet stands behind its natural neighbour. */
function orderedColumns(
  detail: RelationDetail,
  settings: RelationSettings | null,
): readonly Column[] {
  const natural = detail.columns
    .map((column, index) => ({ column, order: column.presentation.order ?? Infinity, index }))
    .sort((a, b) => (a.order === b.order ? a.index - b.index : a.order - b.order))
    .map(({ column }) => column);
  const byName = new Map(natural.map((column) => [column.name, column]));
  const result = (settings?.columns ?? []).flatMap(({ name }) => {
    const column = byName.get(name);
    byName.delete(name);
    return column ?? [];
  });
  for (const column of byName.values()) {
    const neighbour = natural[natural.indexOf(column) - 1];
    result.splice(neighbour === undefined ? 0 : result.indexOf(neighbour) + 1, 0, column);
  }
  return result;
}

function guessWidth(column: Column): number {
  const forLabel = columnLabel(column).length * 7.5 + 56;
  return Math.round(Math.min(320, Math.max(contentWidth(column), forLabel)));
}

function contentWidth(column: Column): number {
  if (column.array) {
    return 180;
  }
  if (isNumeric(column)) {
    return column.kind === 'integer' ? 96 : 140;
  }
  switch (column.kind) {
    case 'boolean':
      return 84;
    case 'date':
      return 116;
    case 'timestamp':
      return 216;
    case 'timestamptz':
      return 256;
    case 'uuid':
      return 304;
    case 'json':
      return 240;
    case 'enum':
      return 128;
    case 'text':
      return column.maxLength === null ? 220 : Math.max(80, column.maxLength * 7 + 24);
    default:
      return 140;
  }
}
