import { UserIdentity } from '@callboard/core-components/UserIdentity';
import type { ConfigApi, SignInEntry as Entry, SignInProvider } from '@callboard/core-plugin-api';
import { hasLeft, lastProvider } from './AppIdentity';
import { configuredProviders, enterAsGuest, listProviders, sessionOf } from './providers';

/** What was begun before the app was there, and what the app has begun, each until it is taken. */
let early: Promise<Entry> | undefined;
let begun: Promise<Entry> | undefined;

/** Lets the person in before the app is there; nothing where that is likely to need a question. */
export function beginEarlyEntry(config: ConfigApi): Promise<Entry> | undefined {
  early = isExpected(config) ? enterQuietly(config) : undefined;
  // The page that takes it tells what went wrong.
  early?.catch(() => undefined);
  return early;
}

/** Lets the person in while the app still starts. Says whether that is likely to need no question. */
export function beginEntry(config: ConfigApi): boolean {
  begun = isExpected(config) ? (early ?? enterQuietly(config)) : undefined;
  early = undefined;
  begun?.catch(() => undefined);
  return begun !== undefined;
}

/** What `beginEntry` has begun. */
export function takeEntry(): Promise<Entry> | undefined {
  const taken = begun;
  begun = undefined;
  return taken;
}

/** Guests come in by themselves where there is nothing else, and so do those who have signed in here before and not left. */
function isExpected(config: ConfigApi): boolean {
  return !hasLeft() && (lastProvider() !== undefined || configuredProviders(config).every(({ kind }) => kind === 'guest'));
}

/** Lets in who needs not be asked, and else says what there is to ask; of what is offered, or of all that the portal has. */
export async function enterQuietly(config: ConfigApi, offered?: readonly SignInProvider[]): Promise<Entry> {
  const providers = offered ? [...offered] : await listProviders(config);
  const last = providers.find(({ id }) => id === lastProvider());
  if (last?.kind === 'oauth') {
    const session = sessionOf(last.id, config);
    const resumed = await session.getBackstageIdentity({ optional: true });
    if (resumed) {
      return { identity: UserIdentity.create({ identity: resumed.identity, authApi: session }) };
    }
  }
  const [first, ...others] = providers;
  const isGuest = last?.kind === 'guest' || (first?.kind === 'guest' && others.length === 0);
  if (isGuest && !hasLeft()) {
    try {
      return { identity: await enterAsGuest(config) };
    } catch (error) {
      return { providers, error: error as Error };
    }
  }
  return { providers };
}
