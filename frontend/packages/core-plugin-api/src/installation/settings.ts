/** Readers of single values in the configuration of extensions. */

/** A text that is not empty. */
export function textSetting(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new Error(`must be a text, got ${JSON.stringify(value)}`);
  }
  return value;
}

/** Yes or no. */
export function flagSetting(value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw new Error(`must be true or false, got ${JSON.stringify(value)}`);
  }
  return value;
}

/** A path below the portal's address. */
export function pathSetting(value: unknown): string {
  const path = textSetting(value);
  if (!path.startsWith('/') || /[?#\s*]|\/\//.test(path)) {
    throw new Error(`must be a path that starts with '/' and holds no query, got '${path}'`);
  }
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** One of some texts. */
export function choiceSetting<Choice extends string>(...choices: readonly Choice[]): (value: unknown) => Choice {
  return value => {
    const choice = choices.find(one => one === value);
    if (choice === undefined) {
      throw new Error(`must be one of ${choices.join(', ')}, got ${JSON.stringify(value)}`);
    }
    return choice;
  };
}
