import type { Column } from '../../model';

/** A period as the page offers it; `text` is what the server reads. */
export interface OfferedPeriod {
  readonly text: string;
  readonly label: string;
}

const DAYS: readonly string[] = [
  'today',
  'yesterday',
  'tomorrow',
  'last 7 days',
  'last 30 days',
  'next 7 days',
  'this week',
  'last week',
  'this month',
  'last month',
  'this year',
  'year to date',
  'before today',
  'after today',
];
const HOURS: readonly string[] = ['last 15 minutes', 'last 24 hours'];
const ONE = /^(today|yesterday|tomorrow)$/;
const WHOLE = /^(this|last|next) (minute|hour|day|week|month|quarter|year)$/;
const COUNTED = /^(last|next) ([1-9][0-9]{0,3}) (minute|hour|day|week|month|quarter|year)s?$/;
const TO_DATE = /^(week|month|quarter|year) to date$/;
const MOST = 1000;

/** The periods that are one click away for a column. */
export function periodsFor(column: Column): readonly OfferedPeriod[] {
  const texts = column.kind === 'date' ? DAYS : [...HOURS, ...DAYS];
  return texts.map((text) => ({ text, label: text.charAt(0).toUpperCase() + text.slice(1) }));
}

/** A period as the server writes it: in lower case, with single blanks. */
export function plainPeriod(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** Why a text is no period for a column; null when it is one. */
export function periodProblem(text: string, column: Column): string | null {
  const period = plainPeriod(text).replace(/^(before|after) (?=.)/, '');
  const counted = COUNTED.exec(period);
  const isPeriod =
    ONE.test(period) ||
    WHOLE.test(period) ||
    TO_DATE.test(period) ||
    (counted !== null && Number(counted[2]) <= MOST);
  if (!isPeriod) {
    return 'Write, for example: last 14 days, next 2 weeks, this quarter, before last month';
  }
  return column.kind === 'date' && /minute|hour/.test(period)
    ? 'A date has no hours or minutes'
    : null;
}

/** The browser's time zone by its name, whose days are meant; undefined where it has none. */
export function browserZoneName(): string | undefined {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return /^[A-Za-z0-9_+/-]{1,64}$/.test(name) && name !== 'Etc/Unknown' ? name : undefined;
}
