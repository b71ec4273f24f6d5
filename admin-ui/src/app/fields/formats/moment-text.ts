import { epochMillis, isWithinIntl } from './moment';
import type { Moment, TimeOfDay } from './moment';

const MIDNIGHT: TimeOfDay = { hour: 0, minute: 0, second: 0, fraction: '' };

/** How a date is written: ISO as PostgreSQL does, or in a length of the locale. */
export type DateStyle = 'iso' | 'short' | 'medium' | 'long';

/** In which zone a timestamp with time zone is shown. */
export type ShownZone = 'local' | 'UTC';

/** The date part only, never moved to another zone. */
export function dateText(moment: Moment, style: DateStyle, locale: string): string {
  if (style === 'iso' || !isWithinIntl(moment)) {
    return isoDate(moment);
  }
  const { year, month, day } = moment;
  return dateFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(
    epochMillis({ year, month, day }),
  );
}

/**
 * Date and time with every digit of the fraction; a value with a zone also says which is shown.
 * The moment must be within Intl.
 */
export function timestampText(
  moment: Moment,
  style: DateStyle,
  zone: ShownZone,
  locale: string,
): string {
  const zoned = moment.offset !== undefined;
  const timeZone = zoned && zone === 'local' ? undefined : 'UTC';
  const instant = epochMillis(moment);
  if (style === 'iso') {
    const wall = wallClock(instant, timeZone, moment.time?.fraction ?? '');
    return isoTimestamp(wall) + (zoned ? ` ${zoneName(instant, timeZone)}` : '');
  }
  const fraction = moment.time?.fraction ?? '';
  const format = dateFormat(locale, {
    ...LENGTHS[style],
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(zoned ? { timeZoneName: 'short' } : {}),
  });
  return format
    .formatToParts(instant)
    .map((part) =>
      part.type === 'second' && fraction !== '' ? `${part.value}.${fraction}` : part.value,
    )
    .join('');
}

/** How long ago or ahead of `now`: "3 minutes ago". The moment must be within Intl. */
export function relativeText(moment: Moment, now: number, locale: string): string {
  const instant =
    moment.offset === undefined && moment.time !== undefined
      ? localMillis(moment)
      : epochMillis(moment);
  const dateOnly = moment.time === undefined;
  const origin = dateOnly ? localMidnightAsUtc(now) : now;
  const difference = Math.round((instant - origin) / 1000);
  const seconds = difference > 0 && difference <= CLOCK_AGE_SECONDS ? 0 : difference;
  const format = relativeFormat(locale);
  for (const [unit, length] of UNITS) {
    if (dateOnly && length < 86_400) {
      break;
    }
    if (Math.abs(seconds) >= length) {
      return format.format(Math.trunc(seconds / length), unit);
    }
  }
  return dateOnly ? format.format(0, 'day') : format.format(0, 'second');
}

const LENGTHS: Record<Exclude<DateStyle, 'iso'>, Intl.DateTimeFormatOptions> = {
  short: {
    year: '2-digit',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  },
  medium: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  },
  long: {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  },
};

/** The clock that cells share may be this old; what has just happened is not still to come. */
const CLOCK_AGE_SECONDS = 15;

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const formats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const format =
    relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, format);
  return format;
}

function zoneName(instant: number, timeZone: string | undefined): string {
  if (timeZone === 'UTC') {
    return 'UTC';
  }
  const parts = dateFormat('en', { hour: 'numeric', timeZoneName: 'short' }).formatToParts(instant);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

function wallClock(instant: number, timeZone: string | undefined, fraction: string): Moment {
  const date = new Date(instant);
  return timeZone === 'UTC'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        time: {
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          fraction,
        },
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        time: {
          hour: date.getHours(),
          minute: date.getMinutes(),
          second: date.getSeconds(),
          fraction,
        },
      };
}

function isoDate({ year, month, day }: Moment): string {
  const shownYear = year > 0 ? year : 1 - year;
  return `${String(shownYear).padStart(4, '0')}-${two(month)}-${two(day)}${year > 0 ? '' : ' BC'}`;
}

function isoTimestamp(moment: Moment): string {
  const { hour, minute, second, fraction } = moment.time ?? MIDNIGHT;
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}`;
  const [date, era] = isoDate(moment).split(' ');
  return [date, clock, era].filter((part) => part !== undefined).join(' ');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function localMillis({ year, month, day, time }: Moment): number {
  const date = new Date(2000, month - 1, day, time?.hour, time?.minute, time?.second);
  date.setFullYear(year, month - 1, day);
  return date.getTime();
}

function localMidnightAsUtc(now: number): number {
  const today = new Date(now);
  return Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
}
