/** What can begin before the app is there. It is loaded apart from the app, so it is small and imports nothing that is not. */
import type { ConfigApi, SignInEntry } from '@callboard/core-plugin-api';
import type { JsonObject } from '@callboard/types';
import { keepEarlyRead } from './apis/implementations/fetch/earlyReads';
import { traceParent } from './apis/implementations/fetch/traceParent';
import { basenameOf, loadConfig, stripBasename } from './app/config/loadConfig';
import { readExtensionSettings } from './installation/extensionSettings';
import { beginEarlyEntry } from './signIn/quietEntry';

/** What is known of a page before the app is there. */
export interface EarlyPage {
  /** The id of the extension that is the page. Of one that configuration moves or leaves out nothing is known. */
  extension: string;
  /** The form of the page's address, below the path that the app is mounted at. */
  address: RegExp;
  /** What it is called, where that is said by its address and by what configuration says of it. */
  heading?(match: RegExpExecArray, config: JsonObject): EarlyHeading | undefined;
  /** What it reads first; the path is below the backend's address. */
  request?(match: RegExpExecArray): EarlyRequest;
  /** What of the answer can be shown at once. */
  answered?(answer: unknown): EarlyAnswer | undefined;
}

export interface EarlyHeading {
  text: string;
  /** Whether the way to the page stands above it, and an icon beside it. */
  isNested?: boolean;
}

export interface EarlyAnswer {
  /** What the page is called, where its address does not say it. */
  title?: string;
  /** What one reads first. */
  text?: string;
}

/** What can be painted before the app is there. */
export interface EarlyPaint {
  heading?: EarlyHeading;
  /** What the portal told of the page; nothing where it told nothing that can be shown as it is. */
  answer?: Promise<EarlyAnswer | undefined>;
}

/** With a body it is a POST of JSON. */
export interface EarlyRequest {
  path: string;
  body?: unknown;
}

/**
 * Lets the person in, and asks for what the page at the address reads first, while the app is still on its way. The app
 * takes over both where it would have begun the same. Says what can be told of the page that this person sees then.
 */
export function beginEarly(pages: readonly EarlyPage[]): EarlyPaint {
  try {
    const config = loadConfig({});
    const entry = beginEarlyEntry(config);
    const settings = readExtensionSettings(config, () => undefined);
    const pathname = stripBasename(window.location.pathname, basenameOf(config));
    for (const { extension, address, heading, request, answered } of entry ? pages : []) {
      const match = address.exec(pathname);
      const { enabled = true, config: ofPage = {} } = settings.get(extension) ?? {};
      if (entry && match && enabled && ofPage.path === undefined) {
        const answer = request && readEarly(config, entry, request(match));
        return { heading: heading?.(match, ofPage), answer: answer?.then(told => (told === undefined ? undefined : answered?.(told))).catch(() => undefined) };
      }
    }
  } catch {
    // The app meets the same, and says so.
  }
  return {};
}

/** Keeps the answer for the app, and gives a copy of it. */
function readEarly(config: ConfigApi, entry: Promise<SignInEntry>, read: EarlyRequest): Promise<unknown> {
  const url = new URL(`${config.getString('backend.baseUrl')}${read.path}`, window.location.href).href;
  const body = read.body === undefined ? undefined : JSON.stringify(read.body);
  const response = entry.then(async result => {
    const { token } = 'identity' in result ? await result.identity.getCredentials() : {};
    const headers = { authorization: `Bearer ${token}`, traceparent: traceParent() };
    const sent = body === undefined ? { headers } : { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } };
    return token ? fetch(url, sent) : undefined;
  });
  // Whoever copies it has to do so before it is read.
  const copy = response.then(answer => (answer?.ok ? answer.clone().json() : undefined));
  keepEarlyRead({ url, body }, response);
  return copy;
}
