import { isJsonArray, isJsonObject, NumberText, writeJson } from '../../model';
import type { JsonValue } from '../../model';

/** JSON over several lines, two spaces a level; every number keeps its digits. */
export function indentJson(value: JsonValue, indent = ''): string {
  const inner = `${indent}  `;
  if (isJsonArray(value) && value.length > 0) {
    const elements = value.map((element) => inner + indentJson(element, inner));
    return `[\n${elements.join(',\n')}\n${indent}]`;
  }
  if (isJsonObject(value) && !(value instanceof NumberText)) {
    const members = Object.entries(value).map(
      ([name, member]) => `${inner}${JSON.stringify(name)}: ${indentJson(member, inner)}`,
    );
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
  }
  return writeJson(value);
}
