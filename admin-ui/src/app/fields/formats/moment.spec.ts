import { epochMillis, parseMoment } from './moment';

describe('parseMoment', () => {
  it('keeps the microseconds and the zone', () => {
    expect(parseMoment('2026-03-31T14:05:06.123456+02:00')).toEqual({
      year: 2026,
      month: 3,
      day: 31,
      time: { hour: 14, minute: 5, second: 6, fraction: '123456' },
      offset: 120,
    });
    expect(parseMoment('2026-03-31 14:05:06-03:30')?.offset).toBe(-210);
    expect(parseMoment('2026-03-31 14:05:06Z')?.offset).toBe(0);
    expect(parseMoment('2026-03-31 14:05:06+02')?.offset).toBe(120);
  });

  it('knows no zone where none is written', () => {
    expect(parseMoment('2026-03-31 14:05')).toEqual({
      year: 2026,
      month: 3,
      day: 31,
      time: { hour: 14, minute: 5, second: 0, fraction: '' },
    });
    expect(parseMoment('2026-03-31')?.time).toBeUndefined();
  });

  it('reads years before Christ and after 9999', () => {
    expect(parseMoment('0044-03-15 BC')?.year).toBe(-43);
    expect(parseMoment('12026-01-01')?.year).toBe(12026);
  });

  it.each([
    'infinity',
    '-infinity',
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '0000-01-01',
    '',
    'now',
    '2026-01-01 24:00',
  ])('refuses %s', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});

describe('epochMillis', () => {
  it.each([
    '1970-01-01T00:00:00Z',
    '2026-03-31T14:05:06+02:00',
    '2000-02-29T23:59:59-11:00',
    '1600-12-31T00:00:00Z',
    '1969-12-31T23:59:59Z',
  ])('agrees with the calendar for %s', (text) => {
    expect(epochMillis(parseMoment(text)!)).toBe(Date.parse(text));
  });

  it('counts back before the year 1', () => {
    expect(epochMillis(parseMoment('0001-12-31 BC')!)).toBe(Date.parse('0000-12-31T00:00:00Z'));
  });
});
