import { expect, it } from 'vitest';
import { claimsOf } from './claimsOf';

/** A token as RFC 7515 has it: parts in base64url, of bytes of UTF-8. */
function tokenOf(claims: unknown): string {
  return ['{}', JSON.stringify(claims), 'signature'].map(part => Buffer.from(part).toString('base64url')).join('.');
}

it('tells what a token says, in any letters', () => {
  const claims = { sub: 'user:default/zoë?', ent: ['group:default/größe'], exp: 1_800_000_000 };
  expect(claimsOf(tokenOf(claims))).toEqual(claims);
});

it.each(['', 'opaque', 'a.b.c', `a.${btoa('"text')}.c`, tokenOf(null)])('finds nothing in %j', token => {
  expect(claimsOf(token)).toEqual({});
});
