import { readProblem } from '../../model';
import type { Violation } from '../../model';
import { linkToOthers } from './other-rows';

function violation(body: string): Violation {
  const { violation: found } = readProblem(409, body);
  if (found === undefined) {
    throw new Error('There is no violation');
  }
  return found;
}

describe('linkToOthers', () => {
  it('leads to the row that has the values', () => {
    const link = linkToOthers(
      violation('{"row":{"schema":"s","relation":"pair","key":{"a":"1","b":"x,y"}}}'),
    );
    expect(link?.path).toEqual(['/t', 's', 'pair', 'r', '1,x~2c~y']);
    expect(link?.title).toBe('Open the other row (pair 1, x,y)');
  });

  it('leads to the rows that still refer to the row', () => {
    const link = linkToOthers(
      violation(
        '{"referencing":{"schema":"s","relation":"stock","values":{"part_id":"2"},"count":3}}',
      ),
    );
    expect(link?.path).toEqual(['/t', 's', 'stock']);
    expect(JSON.stringify(link?.params)).toContain('part_id.eq.2');
    expect(link?.title).toBe('Show the rows of stock');
  });

  it('leads nowhere without other rows', () => {
    expect(linkToOthers(violation('{"columns":["a"],"rule":"NOT NULL"}'))).toBeUndefined();
  });
});
