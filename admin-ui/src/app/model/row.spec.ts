import { isJsonObject, jsonObject, parseJson } from './lossless-json';
import { keyQuery, writeQuery } from './query';
import { keyText, cellText, keyOf, versioned } from './row';
import type { Row } from './row';

function row(text: string): Row {
  const value = parseJson(text);
  if (!isJsonObject(value)) {
    throw new Error('expected a row');
  }
  return value;
}

describe('keyOf', () => {
  it('takes the components in the order of the key', () => {
    const values = row('{"b":"x","a":9223372036854775807,"c":true}');
    expect(keyOf(values, ['a', 'b', 'c'])).toEqual(['9223372036854775807', 'x', 'true']);
  });

  it('is null without a key, or where a component is missing', () => {
    expect(keyOf(row('{"a":1}'), [])).toBeNull();
    expect(keyOf(row('{"a":null}'), ['a'])).toBeNull();
    expect(keyOf(row('{}'), ['a'])).toBeNull();
  });
});

describe('cellText', () => {
  it('writes arrays as PostgreSQL does', () => {
    const { a } = row('{"a":[1,null,"say \\"hi\\"",["x"]]}') as unknown as { a: never };
    expect(cellText(a)).toBe('{"1",NULL,"say \\"hi\\"",{"x"}}');
  });

  it('writes JSON as it was', () => {
    expect(cellText(row('{"j":{"b": 1.0}}')['j'])).toBe('{"b": 1.0}');
  });
});

describe('versioned', () => {
  it('takes the version out of the row', () => {
    expect(versioned(row('{"id":1,"_version":"77"}'))).toEqual({
      row: row('{"id":1}'),
      version: '77',
    });
  });

  it('refuses a row without a version, which could not be written safely', () => {
    expect(() => versioned(jsonObject([['id', 'x']]))).toThrow('version');
  });
});

describe('keyQuery', () => {
  it('names one row, with everything encoded', () => {
    expect(writeQuery(keyQuery(['a b', 'c'], ['x&y', '1,2']))).toBe(
      '%22a%20b%22=eq.x%26y&c=eq.1%2C2',
    );
  });

  it('quotes what would be no name of a column', () => {
    expect(keyQuery(['order', 'a"b\\'], ['1', '"'])).toEqual([
      ['"order"', 'eq.1'],
      ['"a\\"b\\\\"', 'eq."'],
    ]);
  });
});

describe('keyText', () => {
  it('shows that a component is empty', () => {
    expect([keyText(['1', 'a']), keyText([''])]).toEqual(['1, a', "''"]);
  });
});
