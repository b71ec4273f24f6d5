/** What a text is matched with by `like` and `ilike`, where `*` stands for any text. */
export function likePattern(text: string, how: 'contains' | 'starts' | 'ends'): string {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  return `${how === 'starts' ? '' : '*'}${literal}${how === 'ends' ? '' : '*'}`;
}

/** Whether `like` cannot express the text, because each `*` in it would stand for any text. */
export function needsRegex(text: string): boolean {
  return text.includes('*');
}

/** The text as a regular expression of PostgreSQL that matches nothing else. */
export function regexLiteral(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}-]/g, '\\$&');
}
