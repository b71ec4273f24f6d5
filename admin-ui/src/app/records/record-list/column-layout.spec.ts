import { columnLike, relationLike } from '../../testing/columns';
import { layOutColumns, settingsOf, withChoice, withoutChoice, withPlace } from './column-layout';
import type { ColumnLayout } from './column-layout';

const presentation = columnLike({ name: 'x' }).presentation;
const detail = relationLike({
  columns: [
    columnLike({ name: 'a' }),
    columnLike({ name: 'b', presentation: { ...presentation, hidden: true, width: 300 } }),
    columnLike({ name: 'c', kind: 'number', presentation: { ...presentation, order: 0 } }),
  ],
});
const names = (layout: readonly ColumnLayout[]): string =>
  layout.map((it) => it.column.name).join('');

describe('layOutColumns', () => {
  it('follows the presentation where the user chose nothing', () => {
    const layout = layOutColumns(detail, null);
    expect(names(layout)).toBe('cab');
    expect(layout[2]).toMatchObject({ hidden: true, width: 300 });
    expect(layout[0]?.format.name).toBe('number');
  });

  it('puts the choices of the user over it', () => {
    const layout = layOutColumns(detail, {
      columns: [
        { name: 'b', hidden: false },
        { name: 'c', format: 'currency', options: { currency: 'EUR' }, width: 90 },
        { name: 'a' },
      ],
    });
    expect(names(layout)).toBe('bca');
    expect(layout[0]?.hidden).toBe(false);
    expect(layout[1]).toMatchObject({
      width: 90,
      format: { name: 'currency', options: { currency: 'EUR' } },
    });
  });

  it('puts new columns beside their neighbours and forgets dropped ones', () => {
    expect(
      names(layOutColumns(detail, { columns: [{ name: 'a' }, { name: 'gone' }, { name: 'c' }] })),
    ).toBe('abc');
  });
});

describe('changes of the layout', () => {
  const layout = layOutColumns(detail, null);

  it('are kept as settings and come back', () => {
    const changed = withPlace(withChoice(layout, 'a', { width: 77 }), 'b', 0);
    expect(settingsOf(changed)).toEqual({
      columns: [{ name: 'b' }, { name: 'c' }, { name: 'a', width: 77 }],
    });
    expect(layOutColumns(detail, settingsOf(changed))).toEqual(changed);
  });

  it('can be taken back one by one', () => {
    const changed = withChoice(layout, 'a', { width: 77, format: 'badge', hidden: true });
    expect(withoutChoice(changed, 'a', 'format', 'width')[1]?.chosen).toEqual({
      name: 'a',
      hidden: true,
    });
  });
});
