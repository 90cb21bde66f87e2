// Records what the Backstage catalog backend makes of tests/data/real-catalogs, as `expected.json` beside this file.
//
// usage: (cd tests/compat/upstream && npm ci) && node tests/compat/real-catalogs/record.js
//
// UPSTREAM_DATABASE_URL names a Postgres server whose user may create databases. It takes some minutes.
//
// Two questions, two kinds of runs:
// - "whole": every file is a location of its own, as it is on disk. This tells which files upstream refuses as a whole because of one document.
// - "apart": every document of a file with several is cut out into a file of its own beside the original, so that each document gets its own
//   verdict. Entities that several documents declare are a conflict in which the first one wins; the losers get further rounds in a fresh
//   database, until each document has been seen alone. What is recorded per document is therefore independent of any race.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startUpstream, upstreamRequire } = require('../upstream/runner');
const { splitDocuments } = require('./documents');

const SOURCE = path.resolve(__dirname, '../../data/real-catalogs');
const OUTPUT = path.join(__dirname, 'expected.json');
const MAXIMUM_ROUNDS = 8;

async function main() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'callboard-record-'));
  try {
    const root = path.join(work, 'real-catalogs');
    fs.cpSync(SOURCE, root, { recursive: true });
    const files = listYaml(root);

    const whole = await observe(root, files);
    const refusedFiles = files
      .filter(file => whole.locations.get(file).errors.length > 0)
      .map(file => ({ file, errors: whole.locations.get(file).errors }));

    const pieces = files.flatMap(file => cutApart(root, file));
    const documents = await observeApart(root, pieces);

    const recording = {
      reference: versions(),
      files: files.length,
      refusedFiles,
      documents: documents.map(({ piece, ...facts }) => facts),
    };
    fs.writeFileSync(OUTPUT, `${JSON.stringify(recording, null, 2)}\n`);
    const accepted = documents.filter(document => document.accepted).length;
    console.log(`${files.length} files, ${documents.length} documents: ${accepted} accepted, ${documents.length - accepted} refused`);
    console.log(`${refusedFiles.length} files that upstream refuses as a whole`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** All YAML files below `root`, relative, in byte order. */
function listYaml(root) {
  return fs
    .readdirSync(root, { recursive: true })
    .filter(name => /\.ya?ml$/.test(name))
    .sort();
}

/** Cuts a file with several documents into one file a document, beside the original; a file with one document stays. */
function cutApart(root, file) {
  const documents = splitDocuments(fs.readFileSync(path.join(root, file), 'utf8'));
  if (documents.length === 1) {
    return [{ file, document: 0, piece: file, line: documents[0].line }];
  }
  return documents.map(({ text, line }, document) => {
    const piece = file.replace(/\.ya?ml$/, `.document-${document}.yaml`);
    fs.writeFileSync(path.join(root, piece), text);
    return { file, document, piece, line };
  });
}

/** Runs rounds until every piece has either won its entity or was refused on its own. */
async function observeApart(root, pieces) {
  const seen = new Map();
  for (let round = 0, open = pieces; open.length > 0; round += 1) {
    if (round === MAXIMUM_ROUNDS) {
      throw new Error(`no verdict for ${open.map(piece => piece.piece).join(', ')}`);
    }
    const facts = await observe(root, open.map(piece => piece.piece));
    for (const piece of open) {
      const verdict = verdictOf(facts, piece.piece);
      if (verdict) {
        seen.set(piece.piece, { file: piece.file, document: piece.document, line: piece.line, piece: piece.piece, ...verdict });
      }
    }
    open = open.filter(piece => !seen.has(piece.piece));
  }
  return pieces.map(piece => seen.get(piece.piece));
}

/** What happened to the one document in `piece`; nothing when another document won its entity this time. */
function verdictOf(facts, piece) {
  const location = facts.locations.get(piece);
  if (location.errors.length > 0) {
    return { accepted: false, stage: 'read', errors: location.errors };
  }
  const entity = facts.entities.find(candidate => candidate.file === piece);
  if (!entity) {
    return facts.conflicts ? undefined : { accepted: false, stage: 'empty', errors: [] };
  }
  if (!entity.visible) {
    return { accepted: false, stage: 'process', entityRef: entity.entityRef, errors: entity.errors };
  }
  // A Location can be fine itself and still carry the errors of its targets; it is then never visible upstream, so there is no third case.
  return { accepted: true, entityRef: entity.entityRef, kind: entity.kind, relations: entity.relations };
}

/** Starts upstream with one root location a file, waits until it has nothing left to do, and reads its database. */
async function observe(root, files) {
  const upstream = await startUpstream({ locations: files.map(file => path.join(root, file)) });
  try {
    await upstream.settled();
    const relative = location => (location?.startsWith(`file:${root}/`) ? location.slice(`file:${root}/`.length) : undefined);
    const state = await upstream.query(`
      select s.entity_id, s.entity_ref, s.errors, s.location_key, s.unprocessed_entity, f.final_entity is not null as visible
      from refresh_state s left join final_entities f on f.entity_id = s.entity_id
      order by s.entity_ref`);
    const relations = await upstream.query(
      'select distinct originating_entity_id as id, source_entity_ref as source, type, target_entity_ref as target from relations order by 2, 3, 4',
    );

    const locations = new Map();
    const entities = [];
    for (const row of state) {
      const raw = JSON.parse(row.unprocessed_entity);
      const errors = parseErrors(row.errors, root);
      if (row.entity_ref.startsWith('location:default/generated-')) {
        // Roots only: a Location entity of the corpus gives its targets generated names as well, and those have a parent.
        const file = relative(`file:${raw.spec.target}`);
        if (file && files.includes(file)) {
          locations.set(file, { errors });
          continue;
        }
      }
      entities.push({
        entityRef: row.entity_ref,
        kind: raw.kind,
        file: relative(row.location_key),
        visible: row.visible,
        errors,
        relations: relations.filter(edge => edge.id === row.entity_id).map(({ source, type, target }) => ({ source, type, target })),
      });
    }
    return { locations, entities, conflicts: upstream.log().includes('Detected conflicting entityRef') };
  } finally {
    await upstream.stop();
  }
}

/** The stored errors without stacks, and without the scratch folder in their texts. */
function parseErrors(text, root) {
  const clean = error => ({
    name: error.name,
    message: error.message.replaceAll(`${root}/`, ''),
    ...(error.cause && { cause: clean(error.cause) }),
  });
  return JSON.parse(text || '[]').map(clean);
}

function versions() {
  const version = name => upstreamRequire(`${name}/package.json`).version;
  return Object.fromEntries(
    [
      '@backstage/plugin-catalog-backend',
      '@backstage/backend-defaults',
      '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
    ].map(name => [name, version(name)]),
  );
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
