const FIRST = 500;
const LONGEST = 20_000;

/** The pause before an attempt: doubling, never the same for two pages that lost the server at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
