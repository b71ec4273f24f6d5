/** A number of rows in few characters: `48K`, `1.2M`. */
export function compactCount(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumFractionDigits: value < 10_000 ? 1 : 0,
  }).format(value);
}

/** A number of rows in full, marked where it is an estimate: `~48,000`. */
export function fullCount(value: number, exact: boolean, locale?: string): string {
  return (exact ? '' : '~') + new Intl.NumberFormat(locale).format(value);
}
