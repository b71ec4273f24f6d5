import { plainProblem } from './plain-problem';
import { readProblem } from './problem';

/** What is said of a problem whose members are given. */
function said(code: string, members: string, message = 'PostgreSQL’s words'): readonly unknown[] {
  const body = `{"code":"${code}","message":${JSON.stringify(message)},"details":"Key (name)=(x).","hint":"Try"${members}}`;
  const plain = plainProblem(readProblem(409, body));
  return [plain.message, plain.details];
}

describe('plainProblem', () => {
  it.each([
    [
      '23505',
      ',"column":"name","columns":["name"],"rule":"UNIQUE (name)","value":"x"',
      'Another row already has this value: “x”.',
      'Rule: UNIQUE (name)',
    ],
    [
      '23505',
      ',"columns":["a","b"],"rule":"UNIQUE (a, b)","value":{"a":"1","b":"x"}',
      'Another row already has these values: a “1”, b “x”.',
      'Rule: UNIQUE (a, b)',
    ],
    [
      '23503',
      ',"column":"a","columns":["a"],"rule":"FOREIGN KEY (a) REFERENCES t (id)","value":"9"',
      'There is no row with “9” to refer to.',
      'Rule: FOREIGN KEY (a) REFERENCES t (id)',
    ],
    [
      '23001',
      ',"referencing":{"schema":"s","relation":"stock","values":{"a":"1"},"count":3}',
      '3 rows of stock still refer to this row.',
      'Key (name)=(x).',
    ],
    [
      '23514',
      ',"column":"a","columns":["a"],"rule":"CHECK ((a > 0))","value":-1',
      '-1 does not meet a rule.',
      'Rule: CHECK ((a > 0))',
    ],
    [
      '23P01',
      ',"columns":["slot"],"rule":"EXCLUDE USING gist (slot WITH &&)","value":"[1,2)"',
      'Another row stands in the way of “[1,2)”.',
      'Rule: EXCLUDE USING gist (slot WITH &&)',
    ],
    ['23502', ',"column":"a","columns":["a"],"rule":"NOT NULL"', 'A value is required.', null],
    [
      '22001',
      ',"column":"a","columns":["a"],"rule":"character varying(3)","value":"long"',
      'This does not have the length of character varying(3).',
      null,
    ],
    [
      '22003',
      ',"column":"a","columns":["a"],"rule":"numeric(5,2)","value":12345678901234567890.5',
      '12345678901234567890.5 is out of the range of numeric(5,2).',
      null,
    ],
    [
      '22P02',
      ',"column":"a","columns":["a"],"rule":"integer","value":"x"',
      '“x” does not fit integer.',
      null,
    ],
  ])('tells %s with its value and rule', (code, members, message, details) => {
    expect(said(code, members)).toEqual([message, details]);
  });

  it('says what can be said where nothing else is known', () => {
    expect(said('23505', '')).toEqual(['Another row already has this value.', 'Key (name)=(x).']);
    expect(said('23503', ',"column":"a"')[0]).toContain('no row');
    expect(said('23503', '')[0]).toBe('Other rows still refer to this row.');
    const message = 'new row for relation "job" violates check constraint "job_check"';
    expect(said('23514', '', message)).toEqual(['The rule “job_check” does not allow this.', null]);
    expect(said('23514', '', 'no name')[0]).toBe('no name');
  });

  it('leaves everything else as it is', () => {
    const other = readProblem(400, '{"code":"P0001","message":"not today","hint":"come back"}');
    expect(plainProblem(other)).toBe(other);
    const value = readProblem(400, '{"code":"22P02","message":"invalid input"}');
    expect(plainProblem(value)).toBe(value);
  });
});
