import type { ConfigApi } from '@callboard/core-plugin-api';
import type { JsonObject, JsonValue } from '@callboard/types';

/** What configuration says of one extension. */
export interface ExtensionSettings {
  id: string;
  enabled?: boolean;
  config: JsonObject;
  /** Where it stands in the list. */
  position: number;
}

/**
 * Reads `app.extensions`: a list of `id`, `id: true`, `id: false` or `id: { disabled, config }`. What cannot be
 * understood is told to `report` and left out.
 */
export function readExtensionSettings(config: ConfigApi, report: (problem: string) => void): Map<string, ExtensionSettings> {
  const settings = new Map<string, ExtensionSettings>();
  const list = config.getOptional<JsonValue>('app.extensions') ?? [];
  if (!Array.isArray(list)) {
    report('app.extensions must be a list, such as "- page:catalog: false"');
    return settings;
  }
  list.forEach((entry, position) => {
    try {
      const read = readEntry(entry, position);
      if (settings.has(read.id)) {
        throw new Error(`'${read.id}' is in the list twice; put everything about it into one entry`);
      }
      settings.set(read.id, read);
    } catch (error) {
      report(`app.extensions[${position}]: ${(error as Error).message}`);
    }
  });
  return settings;
}

function readEntry(entry: JsonValue, position: number): ExtensionSettings {
  if (typeof entry === 'string') {
    return { id: entry, enabled: true, config: {}, position };
  }
  const [id, ...others] = isObject(entry) ? Object.keys(entry) : [];
  if (!isObject(entry) || id === undefined || others.length > 0) {
    throw new Error(`must be an id, or one id with what is said of it, got ${JSON.stringify(entry)}`);
  }
  const value = entry[id];
  if (typeof value === 'boolean') {
    return { id, enabled: value, config: {}, position };
  }
  if (!isObject(value)) {
    throw new Error(`'${id}' must be true, false or an object with 'disabled' or 'config', got ${JSON.stringify(value)}`);
  }
  const { disabled, config = {}, ...unknown } = value;
  const strange = Object.keys(unknown)[0];
  if (strange !== undefined) {
    throw new Error(`'${id}' has the unknown key '${strange}'; there are 'disabled' and 'config'`);
  }
  if (disabled !== undefined && typeof disabled !== 'boolean') {
    throw new Error(`'${id}.disabled' must be true or false, got ${JSON.stringify(disabled)}`);
  }
  if (!isObject(config)) {
    throw new Error(`'${id}.config' must be an object, got ${JSON.stringify(config)}`);
  }
  return { id, enabled: disabled === undefined ? undefined : !disabled, config, position };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
