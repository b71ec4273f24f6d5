import { readKey, readName, relationPath, rowPath, writeKey, writeName } from './address';

describe('keys in a path', () => {
  it.each([
    [['42']],
    [['a', 'b']],
    [['']],
    [['', '', 'x']],
    [['a,b', 'c']],
    [['50%', 'a/b\\c;d']],
    [['~', '~~', '~2c~']],
    [['.', '..']],
    [['line\nbreak\u2028\u0000']],
    [['größe 😀 &=?#+']],
  ])('come back as they went: %j', (key) => {
    expect(readKey(writeKey(key))).toEqual(key);
  });

  it('hold nothing that hosts refuse or that separates', () => {
    const written = writeKey(['a/b', '50%', 'x;y', '..', 'back\\slash', 'nul\u0000']);
    expect(written.split(',')).toHaveLength(6);

    expect(written).not.toMatch(/[/%;\\\u0000-\u001f]|(^|,)\.+(,|$)/);
  });

  it('stay readable where nothing is special', () => {
    expect(writeKey(['2024', 'Q1'])).toBe('2024,Q1');
  });
});

describe('names in a path', () => {
  it.each(['finance', 'a b', 'we"ird; drop', '50%', 'a/b', 'back\\slash', '..', '~3b~', '~', '🦆'])(
    'come back as they went: %s',
    (name) => {
      expect(readName(writeName(name))).toBe(name);
    },
  );

  it('stay as they are where hosts accept them', () => {
    expect(['finance', 'a,b', '~', '__proto__', 'größe'].map(writeName)).toEqual([
      'finance',
      'a,b',
      '~',
      '__proto__',
      'größe',
    ]);
    expect(writeName('we"ird; ~drop')).toBe('we"ird~3b~ ~7e~drop');
  });
});

describe('paths', () => {
  const name = { schema: 'company', relation: 'finance' };

  it('lead to a grid and to a row', () => {
    expect(relationPath(name)).toEqual(['/t', 'company', 'finance']);
    expect(rowPath(name, ['1', 'a,b'])).toEqual(['/t', 'company', 'finance', 'r', '1,a~2c~b']);
  });
});
