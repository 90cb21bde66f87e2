import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';

// Long enough for a machine that builds something else meanwhile.
configure({ asyncUtilTimeout: 20_000 });

// jsdom lays nothing out and so has nothing to scroll.
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

/** The files of a worker have one page in common, which each leaves at the address where it found it. */
afterAll(() => {
  sessionStorage.clear();
  window.history.replaceState(undefined, '', '/');
});
