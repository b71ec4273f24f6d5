import { columnLike, relationLike } from '../../testing/columns';
import { isSearchable, searchText } from './search-words';

describe('search words', () => {
  it.each([
    ['blue sky', 'blue sky'],
    ['"new york" eq.5', '"new york" eq.5'],
    ['eq.5', '"eq.5"'],
    ['not.in.(1,2) x', '"not.in.(1,2)" x'],
    ['eq.a"b c', '"eq.a""b" c'],
    ['fts(english).x', '"fts(english).x"'],
    ['e.g. this', '"e.g." this'],
    ['5.2', '5.2'],
    ['', ''],
  ])('sends %j as %j', (words, text) => {
    expect(searchText(words)).toBe(text);
  });

  it('are of use where a column can be searched', () => {
    expect(isSearchable(relationLike({ columns: [columnLike({ name: 'a', kind: 'uuid' })] }))).toBe(
      true,
    );
    expect(
      isSearchable(
        relationLike({
          columns: [
            columnLike({ name: 'a', kind: 'json' }),
            columnLike({ name: 'a', kind: 'text', array: true }),
          ],
        }),
      ),
    ).toBe(false);
  });
});
