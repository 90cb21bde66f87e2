// Why there is no report, in one sentence.

import { BrowserError } from './chromium.js';

const LONGEST = 2000;
/** Lighthouse's own errors for a browser that is gone or no longer answers. */
const BROWSER_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'CRI_TIMEOUT', 'TARGET_CRASHED']);

export function failureOf(error) {
  const isBrowser = error instanceof BrowserError || BROWSER_CODES.has(error.code) || error.name === 'TargetCloseError';
  const message = (error.friendlyMessage || error.message || String(error)).toWellFormed().replaceAll('\0', '');
  return { kind: isBrowser ? 'BROWSER' : 'LIGHTHOUSE', message: message.slice(0, LONGEST) };
}
