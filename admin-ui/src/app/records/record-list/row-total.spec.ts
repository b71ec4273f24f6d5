import { RowTotal } from './row-total';

describe('RowTotal', () => {
  it('begins with the estimate and goes on behind what was read', () => {
    const total = new RowTotal();
    total.reset(1000);
    expect(total.length(100)).toBe(1000);
    expect(total.length(990)).toBe(1090);
    expect(total.isEndKnown).toBe(false);
  });

  it('knows the end once a page is not full', () => {
    const total = new RowTotal();
    total.reset(1000);
    expect(total.learn(400, 7, 100)).toBe(false);
    expect([total.length(407), total.isEndKnown, total.reaches(407)]).toEqual([407, true, false]);
  });

  it('asks to be told where the rows end when the estimate was too high', () => {
    const total = new RowTotal();
    total.reset(1000);
    expect(total.learn(900, 0, 100)).toBe(true);
    total.take({ value: 850, exact: true });
    expect(total.length(850)).toBe(850);
  });

  it('follows rows that come and go', () => {
    const total = new RowTotal();
    total.reset(null);
    total.take({ value: 10, exact: true });
    total.shift(2);
    expect(total.length(0)).toBe(12);
  });

  it('does not fall back to estimates once counted exactly on demand', () => {
    const total = new RowTotal();
    total.reset(null);
    total.wantExact();
    total.take({ value: 10, exact: true });
    total.take({ value: 99, exact: false });
    expect(total.count()).toEqual({ value: 10, exact: true });
  });

  it('has no rows when the first page is empty', () => {
    const total = new RowTotal();
    total.reset(40);
    total.learn(0, 0, 100);
    expect(total.length(0)).toBe(0);
  });
});
