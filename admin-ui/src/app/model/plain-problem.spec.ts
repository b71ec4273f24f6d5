import { plainProblem } from './plain-problem';
import { pageProblem } from './problem';

const refused = (code: string, message: string, column: string | null = null) => ({
  ...pageProblem(code, 409, message),
  details: 'Key (name)=(x).',
  column,
});
const said = (code: string, message: string, column: string | null = null) => {
  const plain = plainProblem(refused(code, message, column));
  return [plain.message, plain.details];
};

describe('plainProblem', () => {
  it('says what is wrong with a value, and keeps which value it was', () => {
    expect(said('23505', 'duplicate key value violates …', 'name')).toEqual([
      'Another row already has this value.',
      'Key (name)=(x).',
    ]);
  });

  it('tells a reference to nothing from a row that is referred to', () => {
    expect(said('23503', 'insert or update on table …', 'artist_id')[0]).toContain('no row');
    expect(said('23503', 'update or delete on table …')[0]).toContain('refer to this row');
  });

  it('names a broken rule without listing the row', () => {
    const message = 'new row for relation "job" violates check constraint "job_progress_check"';
    expect(said('23514', message)).toEqual([
      'The rule “job_progress_check” does not allow this.',
      null,
    ]);
    expect(said('23514', 'no name')[0]).toBe('no name');
  });

  it('leaves everything else as it is', () => {
    const other = refused('22P02', 'invalid input syntax for type integer: "x"');
    expect(plainProblem(other)).toBe(other);
  });
});
