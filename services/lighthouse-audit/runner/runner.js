// Runs one audit: a job as one line of JSON on standard input, events as lines of JSON on standard output, the last of them
// followed by the report itself. When standard input ends, whoever started this is gone, and so are we, browser and all.

import readline from 'node:readline';

import { startChromium } from './chromium.js';
import { send, sendReport } from './events.js';
import { failureOf } from './failures.js';
import { followProgress } from './progress.js';
import { redacted, summaryOf } from './report.js';

/** The newest Lighthouse that was installed: 13 needs a Node that not everybody has. */
async function loadLighthouse() {
  try {
    return await import('lighthouse-13');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return import('lighthouse-12');
  }
}

/** Ends every process of our group, ourselves among them. */
function endAll() {
  process.kill(-process.pid, 'SIGKILL');
}

async function audit(job) {
  // The browser starts while Node still reads Lighthouse's many files.
  send({ type: 'progress', stage: 'STARTING_BROWSER', percent: 2 });
  const loading = loadLighthouse();
  const chromium = await startChromium(job.browser);
  const { default: lighthouse, desktopConfig } = await loading;
  const preset = job.formFactor === 'desktop' ? desktopConfig.settings : {};
  followProgress();
  const flags = { port: chromium.port, logLevel: 'error', disableStorageReset: true };
  const config = { extends: job.extends, settings: { ...preset, ...job.settings } };
  const { lhr } = await Promise.race([lighthouse(job.url, flags, config), chromium.died]);
  send({ type: 'summary', ...summaryOf(lhr) });
  await sendReport(redacted(lhr, job.url));
}

const lines = readline.createInterface({ input: process.stdin });
lines.once('line', async line => {
  try {
    await audit(JSON.parse(line));
    process.exit(0);
  } catch (error) {
    send({ type: 'failure', ...failureOf(error) });
    process.exitCode = 1;
    process.stdout.end(() => process.exit(1));
  }
});
lines.once('close', endAll);
