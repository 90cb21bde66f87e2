import type { FieldChange } from '@callboard/catalog-client';
import type { JsonValue } from '@callboard/types';
import type { Messages } from '../../translation';
import { fieldName } from './fieldNames';

/** A line about a field: what it is called, by a word or by its path, and what became of it. */
export interface Line {
  word?: string;
  code?: string;
  what: string;
}

/** Longer texts are not told; that they changed is. */
const LONGEST = 60;

/** What became of a field, in words. Of a list, what went and what came are told apart. */
export function describeChange({ path, before, after, shortened = false }: FieldChange, text: Messages['history']): Line[] {
  const line = (what: string, isMany = false): Line => ({ ...fieldName(path, isMany, text.fields), what });
  if (Array.isArray(before) || Array.isArray(after)) {
    const went = listOf(before);
    const came = listOf(after);
    const lines = [
      ...(went.length > 0 ? [line(text.removed(enumerate(went, shortened)), went.length > 1)] : []),
      ...(came.length > 0 ? [line(text.added(enumerate(came, shortened)), came.length > 1)] : []),
    ];
    if (lines.length > 0) {
      return lines;
    }
    const isBoth = Array.isArray(before) && Array.isArray(after);
    return [line(isBoth ? (shortened ? text.changed : text.reordered) : before === undefined ? text.appeared : text.vanished, true)];
  }
  const [old, now] = [shown(before), shown(after)];
  if (before === undefined) {
    return [line(now ? text.added(now) : text.appeared)];
  }
  if (after === undefined) {
    return [line(old ? text.removed(old) : text.vanished)];
  }
  return [line(old && now ? text.replaced(old, now) : text.changed)];
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function enumerate(items: JsonValue[], isShortened: boolean): string {
  return [...items.map(item => shown(item) ?? '…'), ...(isShortened ? ['…'] : [])].join(', ');
}

/** A value as a few words; undefined when it takes more. */
function shown(value: JsonValue | undefined): string | undefined {
  const words = typeof value === 'string' ? value : nameOf(value);
  return words && words.length <= LONGEST && !words.includes('\n') ? words : undefined;
}

/** Links and the like are known by what they are called. */
function nameOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'object' && value && !Array.isArray(value)) {
    const name = value.title ?? value.name ?? value.url;
    return typeof name === 'string' ? name : JSON.stringify(value);
  }
  return JSON.stringify(value);
}
