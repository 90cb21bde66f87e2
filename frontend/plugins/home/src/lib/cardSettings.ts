import type { InstalledExtension } from '@callboard/core-plugin-api';
import type { CardForm, HomeCardParams } from '@callboard/plugin-home-react';
import type { JsonValue } from '@callboard/types';

/** What is wrong with what was entered. */
export interface SettingsProblem {
  message: string;
  /** From 1, in a list. */
  row?: number;
}

/** Checks what was entered: what it comes to, or what is wrong, by the names of fields. */
export function checkSettings(form: CardForm, entered: unknown): { value: JsonValue } | { problems: Map<string, SettingsProblem> } {
  const result = form.schema['~standard'].validate(entered);
  if (result instanceof Promise) {
    throw new Error('The schema of a card must not be asynchronous');
  }
  if (!result.issues) {
    return { value: result.value as JsonValue };
  }
  const problems = new Map<string, SettingsProblem>();
  for (const { message, path = [] } of result.issues) {
    const [field, row] = path.map(part => (typeof part === 'object' ? part.key : part));
    const name = String(field ?? form.fields[0]?.name);
    problems.set(name, problems.get(name) ?? { message, ...(typeof row === 'number' && { row: row + 1 }) });
  }
  return { problems };
}

/** What a person has set up of a card. Undefined where they have not, or where the card no longer understands it. */
export function ownSettings({ id, params }: InstalledExtension<HomeCardParams>, kept: Readonly<Record<string, JsonValue>>): JsonValue | undefined {
  const checked = params.form && kept[id] !== undefined ? checkSettings(params.form, kept[id]) : undefined;
  return checked && 'value' in checked ? checked.value : undefined;
}
