/** What the browser remembers under a key; null where it does not, or is told not to. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off
  }
}

/** Lets the browser remember a text. */
export function writeStored(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // storage is switched off or full: the choice lasts as long as the page
  }
}
