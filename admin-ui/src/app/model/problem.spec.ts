import { isAbout, isOutage, readProblem } from './problem';

describe('readProblem', () => {
  it('reads the members of PostgREST', () => {
    const body =
      '{"code":"23505","message":"exists","details":"Key (email)","hint":null,"column":"email"}';
    expect(readProblem(409, body)).toEqual({
      status: 409,
      code: '23505',
      message: 'exists',
      details: 'Key (email)',
      hint: null,
      column: 'email',
    });
  });

  it('brings what is known of a refused write', () => {
    const body =
      '{"columns":["a","b"],"rule":"UNIQUE (a, b)","value":{"a":"1"},' +
      '"row":{"schema":"s","relation":"t","key":{"id":"7"}}}';
    const problem = readProblem(409, body);
    expect(problem.violation?.row).toEqual({
      relation: { schema: 's', relation: 't' },
      key: [['id', '7']],
    });
    expect(problem.violation?.referencing).toBeNull();
    expect(isAbout(problem, 'b')).toBe(true);
    expect(isAbout(problem, 'c')).toBe(false);
  });

  it('brings the row as it is now, or that it is gone', () => {
    expect(readProblem(412, '{"message":"m","current":{"id":1}}').current).toBeDefined();
    expect(readProblem(412, '{"message":"m","current":null}').current).toBeNull();
    expect(readProblem(412, '{"message":"m"}').current).toBeUndefined();
  });

  it.each(['<html>Bad gateway</html>', '', null, '[]', '"text"'])(
    'says something readable for %j',
    (body) => {
      expect(readProblem(502, body)).toMatchObject({
        code: 'HTTP_502',
        message: 'The database does not answer.',
      });
    },
  );
});

describe('isOutage', () => {
  it('tells what may pass by itself from what will not', () => {
    expect(isOutage(readProblem(503, '{"code":"PGRST000"}'))).toBe(true);
    expect(isOutage(readProblem(0, null))).toBe(true);
    expect(isOutage(readProblem(504, null))).toBe(true);
    expect(isOutage(readProblem(504, '{"code":"57014"}'))).toBe(false);
    expect(isOutage(readProblem(400, null))).toBe(false);
  });
});
