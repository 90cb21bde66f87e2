// Asks a running Callboard and the original the same questions about the same files, and shows where the answers differ.
//
// usage: node compare.js CALLBOARD_URL FILE...
//
// Callboard has to have exactly the FILEs as configured `file` locations, and to let anonymous callers in. The original is started
// for the comparison (tests/compat/upstream: `npm ci` first).
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { startUpstream } = require('../upstream/runner');
const { normalise, refOf } = require('./normalise');
const scenarios = require('./scenarios.json');

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function ask(server, { method = 'GET', path: target, body }) {
  const response = await fetch(`${server}/api/catalog${target}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

/** The refs a server holds, as one text. */
async function refs(server) {
  const { body } = await ask(server, { path: '/entities?fields=kind,metadata.namespace,metadata.name' });
  return body.map(refOf).sort().join('\n');
}

async function compareAll(reference, subject) {
  for (let attempt = 0; (await refs(reference)) !== (await refs(subject)); attempt += 1) {
    if (attempt === 60) {
      assert.equal(await refs(subject), await refs(reference), 'both hold the same entities');
    }
    await sleep(500);
  }

  let failed = 0;
  for (const scenario of scenarios) {
    const [expected, actual] = await Promise.all([ask(reference, scenario), ask(subject, scenario)]);
    try {
      assert.deepEqual(normalise(scenario.compare, actual), normalise(scenario.compare, expected));
    } catch (difference) {
      failed += 1;
      console.log(`DIFFERS: ${scenario.name}: ${scenario.method ?? 'GET'} ${scenario.path}\n${difference.message}\n`);
    }
  }
  console.log(`${scenarios.length - failed} scenarios passed, ${failed} failed`);
  return failed;
}

async function main() {
  const [subject, ...files] = process.argv.slice(2);
  if (!subject || files.length === 0) {
    throw new Error('usage: node compare.js CALLBOARD_URL FILE...');
  }
  const upstream = await startUpstream({ locations: files.map(file => path.resolve(file)) });
  try {
    await upstream.settled();
    process.exitCode = (await compareAll(upstream.url, subject.replace(/\/$/, ''))) > 0 ? 1 : 0;
  } finally {
    await upstream.stop();
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
