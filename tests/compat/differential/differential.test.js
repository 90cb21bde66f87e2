// Callboard and the original read the same files and are asked the same questions; where answers differ, a test fails.
//
// usage: CALLBOARD_URL=http://localhost:7007 node --test tests/compat/differential/
//
// `./dev test compat` (and `./dev test --all`) starts a Callboard for it with `app-config.yaml` of the folder above. The original is started
// here (tests/compat/upstream: `npm ci` first), with a database of its own on the server of UPSTREAM_DATABASE_URL or DATABASE_URL.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { after } = require('node:test');
const recording = require('../real-catalogs/expected.json');
const { startUpstream } = require('../upstream/runner');
const { serveFiles } = require('./file-server');
const { generate } = require('./generated');
const { Pair } = require('./servers');
const { documents } = require('./suites/documents');
const { life } = require('./suites/life');
const { locations } = require('./suites/locations');
const { malformed } = require('./suites/malformed');
const { questions } = require('./suites/questions');
const { randomQueries } = require('./suites/random-queries');
const { validation } = require('./suites/validation');
const { walks } = require('./suites/walks');

const ROOT = path.resolve(__dirname, '../../..');
const GENERATED = Number(process.env.CALLBOARD_COMPAT_GENERATED ?? 800);

/**
 * The real files that can be compared: of those that declare the same entity the first, since which of two locations wins is not determined
 * in the original; none that lists others, for the same reason; and none in which it refuses
 * something, of which Callboard takes what is right.
 */
function realFiles() {
  const refused = new Set(recording.refusedFiles.map(({ file }) => file));
  const owners = new Map();
  const excluded = new Set(refused);
  for (const { file, entityRef, kind, accepted } of recording.documents) {
    if (!accepted || kind === 'Location') {
      excluded.add(file);
    }
    const owner = owners.get(entityRef) ?? owners.set(entityRef, file).get(entityRef);
    if (entityRef && owner !== file) {
      excluded.add(file);
    }
  }
  return [...new Set(recording.documents.map(({ file }) => file))].filter(file => !excluded.has(file));
}

/** All files below a folder, as `prefix/...`. */
function readFolder(files, folder, prefix) {
  for (const name of fs.readdirSync(path.join(ROOT, folder), { recursive: true })) {
    const full = path.join(ROOT, folder, name);
    if (fs.statSync(full).isFile()) {
      files.set(`${prefix}/${name}`, fs.readFileSync(full, 'utf8'));
    }
  }
}

const subject = process.env.CALLBOARD_URL;
if (!subject) {
  throw new Error('CALLBOARD_URL names the Callboard to compare, for example http://localhost:7007');
}

(async () => {
  const files = generate(42, GENERATED, 50);
  const generated = [...files.keys()];
  readFolder(files, 'deploy/examples/acme', '/acme');
  readFolder(files, 'tests/data/real-catalogs', '/real');
  const server = await serveFiles(files);
  const upstream = await startUpstream();
  const pair = new Pair(upstream, subject);

  const roots = ['/acme/catalog-info.yaml', ...generated, ...realFiles().map(file => `/real/${file}`)];
  for (const root of roots) {
    await pair.register(server.urlOf(root));
  }
  await upstream.settled(roots.length);
  await pair.settle(async each => [...(await each.everything()).keys()].sort(), 20);

  // One after the other: each sees what the one before left.
  documents(pair);
  questions(pair);
  malformed(pair);
  walks(pair);
  randomQueries(pair);
  validation(pair);
  locations(pair, files, server.urlOf);
  life(pair, files, server.urlOf);
  after(async () => {
    await upstream.stop();
    await server.close();
  });
})().catch(error => {
  console.error(error);
  process.exit(1);
});
