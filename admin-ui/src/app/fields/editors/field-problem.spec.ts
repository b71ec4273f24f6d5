import { NumberText } from '../../model';
import { columnLike } from '../../testing/columns';
import { clearedValue, editorKind, stateOf, valueOfText } from './editor-kind';
import { fieldProblem } from './field-problem';

const int2 = columnLike({ name: 'n', kind: 'integer', baseType: 'int2' });
const int8 = columnLike({ name: 'n', kind: 'integer', baseType: 'int8' });
const price = columnLike({
  name: 'p',
  kind: 'number',
  baseType: 'numeric',
  precision: 6,
  scale: 2,
});

describe('fieldProblem', () => {
  it('asks for a value only where PostgreSQL would', () => {
    const required = columnLike({ name: 'a', nullable: false });
    expect(fieldProblem(required, undefined)).not.toBeNull();
    expect(fieldProblem(required, null)).not.toBeNull();
    expect(fieldProblem(required, '')).toBeNull();
    expect(fieldProblem({ ...required, default: "'x'" }, undefined)).toBeNull();
    expect(fieldProblem({ ...required, identity: 'always' }, undefined)).toBeNull();
    expect(fieldProblem({ ...required, nullable: true }, null)).toBeNull();
  });

  it('knows the bounds of integers exactly', () => {
    expect(fieldProblem(int8, new NumberText('9223372036854775807'))).toBeNull();
    expect(fieldProblem(int8, new NumberText('9223372036854775808'))).not.toBeNull();
    expect(fieldProblem(int2, '-32768')).toBeNull();
    expect(fieldProblem(int2, '32768')).not.toBeNull();
    expect(fieldProblem(int2, '1.5')).not.toBeNull();
  });

  it('lets no number be rounded', () => {
    expect(fieldProblem(price, new NumberText('1234.56'))).toBeNull();
    expect(fieldProblem(price, new NumberText('1234.560'))).toBeNull();
    expect(fieldProblem(price, '1.005')).toBe('At most 2 decimals fit');
    expect(fieldProblem(price, '12345')).toBe('At most 4 digits fit before the decimal point');
    expect(fieldProblem(price, 'NaN')).toBeNull();
    expect(fieldProblem(price, 'abc')).toBe('Not a number');
  });

  it('checks dates, times, UUIDs, enums and lengths', () => {
    const date = columnLike({ name: 'd', kind: 'date' });
    expect(fieldProblem(date, '2026-02-30')).not.toBeNull();
    expect(fieldProblem(date, 'infinity')).toBeNull();
    const uuid = columnLike({ name: 'u', kind: 'uuid' });
    expect(fieldProblem(uuid, '123')).not.toBeNull();
    expect(fieldProblem(uuid, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')).toBeNull();
    const mood = columnLike({ name: 'm', kind: 'enum', enumValues: ['ok'] });
    expect(fieldProblem(mood, 'bad')).not.toBeNull();
    const short = columnLike({ name: 's', maxLength: 2 });
    expect(fieldProblem(short, '👍👍')).toBeNull();
    expect(fieldProblem(short, 'abc')).toBe('3 characters, at most 2 fit');
  });
});

describe('an editor', () => {
  it('makes numbers of numerals only, with their digits', () => {
    expect(valueOfText(price, '1.10')).toEqual(new NumberText('1.10'));
    expect(valueOfText(price, 'NaN')).toBe('NaN');
    expect(valueOfText(price, '007')).toBe('007');
    expect(valueOfText(columnLike({ name: 't' }), '12')).toBe('12');
  });

  it('keeps NULL, empty text and the default apart', () => {
    expect([undefined, null, '', 'x'].map(stateOf)).toEqual(['default', 'null', 'empty', 'value']);
    expect(clearedValue(columnLike({ name: 't' }))).toBe('');
    expect(clearedValue(int8)).toBeNull();
    expect(clearedValue({ ...int8, nullable: false })).toBeUndefined();
  });

  it('suits the column', () => {
    expect(editorKind(columnLike({ name: 'a', kind: 'json' }))).toBe('json');
    expect(editorKind(columnLike({ name: 'a', kind: 'json', array: true }))).toBe('line');
    expect(editorKind(columnLike({ name: 'a', kind: 'interval' }))).toBe('line');
  });
});
