import {
  isJsonObject,
  jsonObject,
  NumberText,
  parseJson,
  sameJson,
  writeJson,
} from './lossless-json';
import type { JsonObject, JsonValue } from './lossless-json';

function object(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) {
    throw new Error('expected an object');
  }
  return value;
}

describe('parseJson', () => {
  it.each([
    '9223372036854775807',
    '-0',
    '0.10',
    '123456789012345678901234567890.123456789012345678901234567890',
    '1e400',
    '-1.50E-7',
  ])('keeps every digit of %s', (text) => {
    expect(parseJson(text)).toEqual(new NumberText(text));
    expect(writeJson(parseJson(text))).toBe(text);
  });

  it.each(['true', 'false', 'null', '""', '"plain"', '[]', '{}'])('reads %s', (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it('reads strings with escapes as JSON does', () => {
    const text = String.raw`"a\"b\\ \u00e4\ud83d\ude00 \/ \n\t\\\\"`;
    expect(parseJson(text)).toBe(JSON.parse(text));
  });

  it('ends a string at the first quote that is not escaped', () => {
    expect(parseJson(String.raw`["\\","x"]`)).toEqual(['\\', 'x']);
    expect(parseJson(String.raw`["\\\"","x"]`)).toEqual(['\\"', 'x']);
  });

  it('takes members named like parts of a prototype for members', () => {
    const row = object(parseJson('{"__proto__":1,"constructor":null,"toString":"x"}'));
    expect(Object.keys(row)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(row['__proto__']).toEqual(new NumberText('1'));
    expect(row.valueOf).toBeUndefined();
  });

  it('skips white space of all kinds', () => {
    expect(parseJson(' \t\r\n{ "a" : [ 1 , 2 ] } \n')).toEqual(parseJson('{"a":[1,2]}'));
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    '[1 2]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    '"open',
    '"\\"',
    '01',
    '1.',
    '.5',
    '+1',
    'nul',
    'NaN',
    '1 1',
    '"\u0001"',
    '{"a":1}}',
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const text = JSON.stringify(randomValue(random(seed), 4));
      expect(JSON.parse(writeJson(parseJson(text)))).toEqual(JSON.parse(text));
    }
  });
});

describe('writeJson', () => {
  it('writes what was read exactly as it was, spaces, order and repeated names included', () => {
    const text = '[{"10": 1.0, "2":1,  "a":1, "a":2}, [ 1 ] ]';
    expect(writeJson(parseJson(text))).toBe(text);
  });

  it('writes the parts of what was read exactly as they were', () => {
    const row = object(parseJson('{"j":{"10": 1.0, "2":[1 ]},"k":2}'));
    expect(writeJson(row['j'] ?? null)).toBe('{"10": 1.0, "2":[1 ]}');
  });

  it('writes what the page made', () => {
    const row = jsonObject([
      ['n', new NumberText('1.10')],
      ['__proto__', 'quote " here'],
      ['a', [null, true]],
    ]);
    expect(writeJson(row)).toBe('{"n":1.10,"__proto__":"quote \\" here","a":[null,true]}');
  });
});

describe('sameJson', () => {
  it('compares numbers by their text', () => {
    expect(sameJson(new NumberText('1.0'), new NumberText('1.0'))).toBe(true);
    expect(sameJson(new NumberText('1.0'), new NumberText('1.00'))).toBe(false);
  });

  it('tells null, empty, undefined and text apart', () => {
    const values = [null, '', undefined, 'null', new NumberText('0'), false];
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) {
        expect(sameJson(a, b)).toBe(i === j);
      }
    }
  });
});

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function randomValue(next: () => number, depth: number): unknown {
  const kind = Math.floor(next() * (depth > 0 ? 7 : 5));
  switch (kind) {
    case 0:
      return null;
    case 1:
      return next() < 0.5;
    case 2:
      return (next() - 0.5) * 10 ** Math.floor(next() * 12);
    case 3:
      return Math.floor(next() * 1e6);
    case 4:
      return Array.from({ length: Math.floor(next() * 8) }, () =>
        String.fromCharCode(Math.floor(next() * 0x300)),
      ).join('');
    case 5:
      return Array.from({ length: Math.floor(next() * 4) }, () => randomValue(next, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: Math.floor(next() * 4) }, () => [
          `k${Math.floor(next() * 100)}`,
          randomValue(next, depth - 1),
        ]),
      );
  }
}
