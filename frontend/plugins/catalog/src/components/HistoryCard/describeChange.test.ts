import type { FieldChange } from '@callboard/catalog-client';
import { describe, expect, it } from 'vitest';
import { catalogTranslationRef } from '../../translation';
import { describeChange } from './describeChange';

function told(change: FieldChange): string[] {
  const lines = describeChange(change, catalogTranslationRef.messages.history);
  return lines.map(({ word, code, what }) => [word, code && `\`${code}\``, what].filter(Boolean).join(' '));
}

describe('describeChange', () => {
  it('tells what became of a value', () => {
    const path = ['spec', 'lifecycle'];
    expect(told({ path, before: 'experimental', after: 'production' })).toEqual(['Lifecycle experimental → production']);
    expect(told({ path, after: 'production' })).toEqual(['Lifecycle production added']);
    expect(told({ path, before: 'production' })).toEqual(['Lifecycle production removed']);
  });

  it('tells of lists what came and what went', () => {
    const path = ['metadata', 'tags'];
    expect(told({ path, before: [], after: ['java'] })).toEqual(['Tag java added']);
    expect(told({ path, after: ['java', 'spring'] })).toEqual(['Tags java, spring added']);
    expect(told({ path, before: ['php', 'zend'], after: ['java'] })).toEqual(['Tags php, zend removed', 'Tag java added']);
    expect(told({ path, before: [], after: [] })).toEqual(['Tags in another order']);
    expect(told({ path, after: [] })).toEqual(['Tags added']);
    expect(told({ path, before: [] })).toEqual(['Tags removed']);
    expect(told({ path, before: [], after: ['java'], shortened: true })).toEqual(['Tag java, … added']);
    expect(told({ path: ['metadata', 'links'], before: [], after: [{ url: 'https://acme.example', title: 'Dashboard' }] })).toEqual([
      'Link Dashboard added',
    ]);
  });

  it('tells of long texts that they changed, and no more', () => {
    const path = ['metadata', 'description'];
    const long = 'word '.repeat(30);
    expect(told({ path, before: 'Short', after: long })).toEqual(['Description changed']);
    expect(told({ path, after: long })).toEqual(['Description added']);
    expect(told({ path, before: 'two\nlines' })).toEqual(['Description removed']);
  });

  it('calls by its path what has no word', () => {
    expect(told({ path: ['spec', 'profile', 'email'], before: 'a@acme.example', after: 'b@acme.example' })).toEqual([
      '`spec.profile.email` a@acme.example → b@acme.example',
    ]);
    expect(told({ path: ['metadata', 'annotations', 'acme.example/id'], after: '1' })).toEqual(['Annotation `acme.example/id` 1 added']);
    expect(told({ path: ['spec', 'replicas'], before: 1, after: 3 })).toEqual(['`spec.replicas` 1 → 3']);
  });
});
