/** A date or a point in time as PostgreSQL wrote it, component by component. */
export interface Moment {
  /** Astronomical: 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time?: TimeOfDay;
  /** Minutes east of UTC; absent for a value without a zone. */
  readonly offset?: number;
}

/** A time of day; the fraction keeps the digits it was written with. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
}

const MOMENT =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?(?::?\d\d)?)?)?( BC)?$/i;

/** Days from 0000-03-01, where the count of `daysOf` starts, to 1970-01-01. */
const DAYS_BEFORE_EPOCH = 719_468;

/** Reads PostgreSQL's ISO text; undefined for `infinity` and anything that is no real date. */
export function parseMoment(text: string): Moment | undefined {
  const match = MOMENT.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const [, years, month, day, hour, minute, second, fraction, zone, era] = match;
  const year = era === undefined ? Number(years) : 1 - Number(years);
  const date = { year, month: Number(month), day: Number(day) };
  if (!isDate(date) || (years === '0000' && era === undefined)) {
    return undefined;
  }
  if (hour === undefined) {
    return date;
  }
  const time = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    fraction: fraction ?? '',
  };
  if (time.hour > 23 || time.minute > 59 || time.second > 59) {
    return undefined;
  }
  return zone === undefined ? { ...date, time } : { ...date, time, offset: offsetOf(zone) };
}

/** Milliseconds since 1970 of the moment read as UTC or by its own offset; fractions cut. */
export function epochMillis(moment: Moment): number {
  const { time, offset = 0 } = moment;
  const seconds =
    time === undefined ? 0 : time.hour * 3600 + (time.minute - offset) * 60 + time.second;
  return (daysOf(moment) * 86_400 + seconds) * 1000;
}

/** Whether a JavaScript date, and so Intl, can express the moment. */
export function isWithinIntl(moment: Moment): boolean {
  return Math.abs(epochMillis(moment)) <= 8.64e15;
}

function isDate({ year, month, day }: Moment): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar, as PostgreSQL counts. */
function daysOf({ year, month, day }: Moment): number {
  const shiftedYear = month > 2 ? year : year - 1;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - DAYS_BEFORE_EPOCH;
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) {
    return 0;
  }
  const digits = zone.replace(/\D/g, '');
  const seconds = Number(digits.slice(4, 6) || 0) / 60;
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || 0) + seconds;
  return zone.startsWith('-') ? -minutes : minutes;
}
