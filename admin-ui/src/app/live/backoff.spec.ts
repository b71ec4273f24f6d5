import { backoff } from './backoff';

describe('backoff', () => {
  it('doubles up to a limit', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => backoff(attempt, () => 1));
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
  });

  it('spreads pages over half of the pause', () => {
    expect(backoff(3, () => 0)).toBe(1000);
    expect(backoff(3, () => 0.5)).toBe(1500);
  });
});
