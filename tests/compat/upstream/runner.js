// Starts the reference backend as a child process with a database of its own, for recordings and for the load comparison.
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const upstreamRequire = createRequire(path.join(__dirname, 'package.json'));
const DATABASE_URL = process.env.UPSTREAM_DATABASE_URL ?? process.env.DATABASE_URL ?? 'postgres://callboard@127.0.0.1:5432/postgres';
const SETTLE_TIMEOUT_MS = 15 * 60 * 1000;
/** Nothing may change for this long before a run counts as settled; the orphan clean-up upstream runs every 30 s. */
const QUIET_MS = 6000;

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/**
 * Starts it. `locations` are absolute paths, each one a root location; `port` is free to choose, as is the extra configuration
 * (an object in the shape of app-config).
 */
async function startUpstream({ locations = [], port, config = {} } = {}) {
  const { Client } = upstreamRequire('pg');
  const chosenPort = port ?? (await freePort());
  const prefix = `callboard_upstream_${process.pid}_${chosenPort}_`;
  const database = `${prefix}catalog`;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callboard-upstream-'));
  const overlay = path.join(folder, 'app-config.json');
  fs.writeFileSync(
    overlay,
    JSON.stringify({
      ...config,
      backend: { ...config.backend, database: { prefix } },
      catalog: { ...config.catalog, locations: locations.map(target => ({ type: 'file', target })) },
    }),
  );

  let log = '';
  const child = spawn(
    process.execPath,
    ['--no-node-snapshot', 'index.js', '--config', 'app-config.yaml', '--config', overlay],
    {
      cwd: __dirname,
      env: { ...process.env, UPSTREAM_PORT: String(chosenPort), UPSTREAM_DATABASE_URL: DATABASE_URL, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = new Promise(resolve => child.once('exit', resolve));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      log += chunk;
    });
  }

  const url = `http://127.0.0.1:${chosenPort}`;
  const databaseUrl = new URL(DATABASE_URL);
  databaseUrl.pathname = `/${database}`;

  async function query(text) {
    const client = new Client({ connectionString: databaseUrl.toString() });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  async function ready() {
    for (let attempt = 0; attempt < 720; attempt += 1) {
      if (child.exitCode !== null) {
        throw new Error(`the reference backend ended at start:\n${log}`);
      }
      const response = await fetch(`${url}/.backstage/health/v1/readiness`).catch(() => undefined);
      if (response?.ok) {
        return;
      }
      await sleep(250);
    }
    throw new Error(`the reference backend did not become ready:\n${log}`);
  }

  /** Resolves when everything known, at least `least` entities, was processed and stitched, and stayed so for a while. */
  async function settled(least = locations.length) {
    const deadline = Date.now() + SETTLE_TIMEOUT_MS;
    let quietSince = Date.now();
    let last = '';
    while (Date.now() - quietSince < QUIET_MS) {
      if (Date.now() > deadline) {
        throw new Error(`the reference backend did not settle: ${last}`);
      }
      await sleep(500);
      const [row] = await query(`
        select (select count(*) from refresh_state)::int as known,
               (select count(*) from refresh_state where result_hash is null)::int as waiting,
               (select count(*) from stitch_queue)::int as stitching,
               (select count(*) from final_entities where final_entity is not null)::int as visible`);
      const now = JSON.stringify(row);
      if (now !== last || row.waiting > 0 || row.stitching > 0 || row.known < least) {
        quietSince = Date.now();
      }
      last = now;
    }
  }

  async function stop() {
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(5000)]);
    child.kill('SIGKILL');
    await exited;
    fs.rmSync(folder, { recursive: true, force: true });
    const client = new Client({ connectionString: DATABASE_URL });
    await client.connect();
    try {
      // One for each of its plugins.
      for (const plugin of ['catalog', 'proxy']) {
        await client.query(`drop database if exists "${prefix}${plugin}" with (force)`);
      }
    } finally {
      await client.end();
    }
  }

  try {
    await ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid, query, settled, stop, log: () => log };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

module.exports = { startUpstream, upstreamRequire };
