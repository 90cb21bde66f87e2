// Starts the browser of one audit.

import { spawn } from 'node:child_process';
import readline from 'node:readline';

import { Launcher } from 'chrome-launcher';

const LISTENS = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//;
const LINES_KEPT = 5;

/** The browser did not start, or ended before its audit did. */
export class BrowserError extends Error {}

function flagsOf({ profile, proxyPort, sandbox }) {
  return [
    ...Launcher.defaultFlags(),
    '--headless=new',
    '--no-first-run',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    // Every connection goes through the service's proxy, which knows what may be reached; what does not is a dead end.
    `--proxy-server=http://127.0.0.1:${proxyPort}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    // Containers have little of /dev/shm.
    '--disable-dev-shm-usage',
    '--disable-breakpad',
    '--disable-crash-reporter',
    ...(sandbox ? [] : ['--no-sandbox']),
    'about:blank',
  ];
}

/**
 * Starts Chromium in this process's group and waits until it takes commands.
 *
 * @returns {Promise<{port: number, died: Promise<never>}>} where it listens, and what rejects when it ends
 */
export function startChromium(browser) {
  const child = spawn(browser.path, flagsOf(browser), { stdio: ['ignore', 'ignore', 'pipe'] });
  const lastLines = [];
  const died = new Promise((_, reject) => {
    child.once('error', error => reject(new BrowserError(`${browser.path} cannot be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      reject(new BrowserError([`The browser ${how}`, ...lastLines].join('\n')));
    });
  });
  const started = new Promise(resolve => {
    readline.createInterface({ input: child.stderr }).on('line', line => {
      const port = LISTENS.exec(line)?.[1];
      if (port) resolve({ port: Number(port), died });
      if (lastLines.push(line) > LINES_KEPT) lastLines.shift();
    });
  });
  return Promise.race([started, died]);
}
