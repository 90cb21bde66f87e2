const STATE_KEY = 'callboard.settings';

interface State {
  /** Undefined while nobody has signed in. */
  user?: string;
  /** Settings that the portal has, or had: one that it has no longer was removed elsewhere. */
  known: string[];
  /** Settings that were changed here and have not reached the portal. */
  owed: string[];
}

/** Remembers in the browser whose the copies of settings are, and which of them are the portal's. */
export class SettingsLedger {
  /** Makes the copies a person's, and says whose they were. */
  claim(user: string): 'theirs' | 'of another' {
    const state = readState();
    if (state.user === undefined) {
      writeState({ ...state, user });
    } else if (state.user !== user) {
      writeState({ user, known: [], owed: [] });
      return 'of another';
    }
    return 'theirs';
  }

  /** The copy is to be taken to the portal. */
  owe(id: string): void {
    const state = readState();
    if (!state.owed.includes(id)) {
      writeState({ ...state, owed: [...state.owed, id] });
    }
  }

  /** The copy is what the portal has. */
  settle(id: string): void {
    const { known, owed, ...state } = readState();
    writeState({ ...state, known: known.includes(id) ? known : [...known, id], owed: owed.filter(other => other !== id) });
  }

  isOwed(id: string): boolean {
    return readState().owed.includes(id);
  }

  isKnown(id: string): boolean {
    return readState().known.includes(id);
  }
}

/** Read anew each time, since other tabs write it too. */
function readState(): State {
  try {
    const { user, known, owed } = JSON.parse(localStorage.getItem(STATE_KEY) ?? '{}') as Record<keyof State, unknown>;
    return { ...(typeof user === 'string' && { user }), known: texts(known), owed: texts(owed) };
  } catch {
    return { known: [], owed: [] };
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(text => typeof text === 'string') : [];
}

function writeState(state: State): void {
  localStorage.setItem(STATE_KEY, JSON.stringify(state));
}
