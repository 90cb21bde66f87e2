import { describe, expect, it } from 'vitest';
import { humanizeEntityRef, parseEntityRef, stringifyEntityRef } from './entityRef';

describe('parseEntityRef', () => {
  it.each([
    ['component:default/pay', { kind: 'component', namespace: 'default', name: 'pay' }],
    ['component:pay', { kind: 'component', namespace: 'default', name: 'pay' }],
    ['Component:Team-A/Pay', { kind: 'Component', namespace: 'Team-A', name: 'Pay' }],
  ])('reads %s', (text, parts) => {
    expect(parseEntityRef(text)).toEqual(parts);
  });

  it('takes a colon after the slash as part of the name', () => {
    expect(parseEntityRef('a/b:c', { defaultKind: 'api' })).toEqual({ kind: 'api', namespace: 'a', name: 'b:c' });
  });

  it.each([':a/b', 'component:/b', 'component:a/', '/b'])('refuses %s', text => {
    expect(() => parseEntityRef(text, { defaultKind: 'component' })).toThrow(
      `Entity reference "${text}" was not on the form [<kind>:][<namespace>/]<name>`,
    );
  });

  it('completes parts', () => {
    expect(parseEntityRef({ name: 'pay' }, { defaultKind: 'api' })).toEqual({ kind: 'api', namespace: 'default', name: 'pay' });
    expect(() => parseEntityRef({ name: 'pay' })).toThrow('needs a kind');
  });

  it('refuses a reference without any kind', () => {
    expect(() => parseEntityRef('pay')).toThrow('had missing or empty kind');
    expect(() => parseEntityRef('')).toThrow('Entity reference must not be empty');
  });
});

describe('stringifyEntityRef', () => {
  it('normalises case and fills in the namespace', () => {
    expect(stringifyEntityRef({ kind: 'API', name: 'Orders' })).toBe('api:default/orders');
    expect(stringifyEntityRef({ apiVersion: 'v1', kind: 'Group', metadata: { name: 'SRE', namespace: 'Ops' } })).toBe(
      'group:ops/sre',
    );
  });
});

describe('humanizeEntityRef', () => {
  it('leaves out what the reader takes for granted', () => {
    expect(humanizeEntityRef('group:default/sre', { defaultKind: 'Group' })).toBe('sre');
    expect(humanizeEntityRef('user:default/sre', { defaultKind: 'Group' })).toBe('user:sre');
    expect(humanizeEntityRef('group:ops/sre', { defaultKind: 'group' })).toBe('ops/sre');
    expect(humanizeEntityRef('not a ref')).toBe('not a ref');
    expect(humanizeEntityRef({ apiVersion: 'v1', kind: 'API', metadata: { name: 'Orders' } })).toBe('api:Orders');
    expect(humanizeEntityRef('api:default/orders', { defaultKind: 'api', defaultNamespace: false })).toBe('default/orders');
  });
});
