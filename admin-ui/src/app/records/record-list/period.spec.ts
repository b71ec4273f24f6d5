import { columnLike } from '../../testing/columns';
import { browserZoneName, periodProblem, periodsFor, plainPeriod } from './period';

const date = columnLike({ name: 'on', kind: 'date' });
const moment = columnLike({ name: 'at', kind: 'timestamptz' });

describe('periods', () => {
  it('are all understood, where they are offered', () => {
    for (const column of [date, moment]) {
      const texts = periodsFor(column).map(({ text }) => text);
      expect(texts.length).toBeGreaterThan(10);
      expect(texts.filter((text) => periodProblem(text, column) !== null)).toEqual([]);
    }
    expect(periodsFor(date).some(({ text }) => /hour|minute/.test(text))).toBe(false);
  });

  it.each([
    'last 14 days',
    'Next  2 Weeks',
    'before last 30 days',
    'after this quarter',
    'last 1 day',
  ])('knows %s', (text) => {
    expect(periodProblem(text, date)).toBeNull();
  });

  it.each([
    '',
    'days',
    'last days',
    'last 0 days',
    'last 1001 days',
    'before',
    'day to date',
    'now',
  ])('does not know %j', (text) => {
    expect(periodProblem(text, moment)).toContain('last 14 days');
  });

  it('have no hours on dates', () => {
    expect(periodProblem('last 24 hours', date)).toBe('A date has no hours or minutes');
    expect(periodProblem('last 24 hours', moment)).toBeNull();
  });

  it('are sent as the server writes them', () => {
    expect(plainPeriod('  Last   7 Days ')).toBe('last 7 days');
    expect(browserZoneName()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});
