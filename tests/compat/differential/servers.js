// The two servers: how they are asked, and that both have read the same.
'use strict';

const assert = require('node:assert/strict');
const { refOf } = require('./normalise');

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** One server below `/api/catalog`. */
class Server {
  constructor(name, url) {
    this.name = name;
    this.url = url.replace(/\/$/, '');
  }

  /** `{status, body, link}`; `body` of the request is sent as JSON unless it is a string. */
  async ask({ method = 'GET', path, body, contentType = 'application/json' }) {
    const response = await fetch(`${this.url}/api/catalog${path}`, {
      method,
      headers: contentType ? { 'Content-Type': contentType } : {},
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return { status: response.status, body: text && isJson ? JSON.parse(text) : text, link: response.headers.get('link') ?? undefined };
  }

  /** An answer that has to be there. */
  async get(path) {
    const answer = await this.ask({ path });
    assert.equal(answer.status, 200, `${this.name}: GET ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async post(path, body) {
    return this.ask({ method: 'POST', path, body });
  }

  /** All entities by ref. */
  async everything() {
    const entities = await this.get('/entities');
    return new Map(entities.map(entity => [refOf(entity), entity]));
  }
}

/** The original and Callboard. */
class Pair {
  constructor(upstream, subjectUrl) {
    this.upstream = upstream;
    this.reference = new Server('Backstage', upstream.url);
    this.subject = new Server('Callboard', subjectUrl);
    this.both = [this.reference, this.subject];
  }

  /** The same of both, at once. */
  each(what) {
    return Promise.all(this.both.map(what));
  }

  /** `[expected, actual]`: what both answer to one request. */
  ask(request) {
    return this.each(server => server.ask(request));
  }

  /** Registers an address at both. */
  async register(target) {
    const answers = await this.each(server => server.post('/locations', { type: 'url', target }));
    for (const { status, body } of answers) {
      assert.equal(status, 201, JSON.stringify(body));
    }
  }

  /** Waits until `look`, asked of both, gives the same twice in a row a while apart, or the time is over: then the test says how they differ. */
  async settle(look, attempts = 120) {
    let stable = 0;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const [expected, actual] = await this.each(look);
      stable = JSON.stringify(expected) === JSON.stringify(actual) ? stable + 1 : 0;
      if (stable >= 2) {
        return;
      }
      await sleep(500);
    }
  }
}

module.exports = { Pair, sleep };
