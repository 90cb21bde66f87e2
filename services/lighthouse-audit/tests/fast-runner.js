// Stands in for the runner where a test is not about Lighthouse: the real protocol and a real process, without a browser.
// It writes down what it was asked, and answers as the URL tells it to.

import fs from 'node:fs';
import readline from 'node:readline';
import { spawn } from 'node:child_process';
const say = event => process.stdout.write(JSON.stringify(event) + '\n');
readline.createInterface({ input: process.stdin }).once('line', async line => {
  const job = JSON.parse(line);
  fs.appendFileSync(new URL('jobs.log', import.meta.url), `${job.url}\n`);
  say({ type: 'progress', stage: 'GATHERING', percent: 40 });
  const { pathname, searchParams } = new URL(job.url);
  if (pathname === '/hang') {
    spawn('sleep', ['600']);
    fs.writeFileSync(new URL('leader.pid', import.meta.url), String(process.pid));
    await new Promise(() => setInterval(() => {}, 1000));
  }
  if (pathname === '/crash') process.kill(process.pid, 'SIGKILL');
  if (pathname === '/noise') { process.stdout.write('this is no event\n'); process.exit(0); }
  if (pathname === '/loud') { console.error('what went wrong'); process.exit(3); }
  await new Promise(done => setTimeout(done, Number(searchParams.get('wait') ?? 0)));
  const score = Number(searchParams.get('score') ?? 1);
  say({
    type: 'summary', lighthouseVersion: '0.0.0',
    categories: [{ id: 'performance', title: 'Performance', score }, { id: 'seo', title: 'SEO', score: null }],
    metrics: { firstContentfulPaintMs: 100 * score, totalBytes: 1000 },
    runtimeError: null,
  });
  const audits = { 'a-check': { title: 'A check', score, numericValue: 100 * score, numericUnit: 'millisecond' } };
  const report = Buffer.from(JSON.stringify({ audits, settings: job.settings, text: '</script>\ud800' }));
  say({ type: 'report', bytes: report.length });
  process.stdout.write(report, () => process.exit(0));
});
