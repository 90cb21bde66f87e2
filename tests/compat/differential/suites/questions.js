// Questions written down by hand, errors above all.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { normalise } = require('../normalise');
const written = require('../questions.json');

function questions(pair) {
  test('questions', async t => {
    for (const question of written) {
      await t.test(`${question.name}: ${question.method ?? 'GET'} ${question.path}`, async () => {
        const [expected, actual] = (await pair.ask(question)).map(answer => normalise(question.compare, answer));
        assert.deepEqual(actual, expected);
      });
    }
  });
}

module.exports = { questions };
