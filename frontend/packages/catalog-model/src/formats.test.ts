import { describe, expect, it } from 'vitest';
import { CommonValidatorFunctions, KubernetesValidatorFunctions, makeValidator } from './formats';

const long = (length: number) => 'a'.repeat(length);
const { isValidApiVersion, isValidKind, isValidEntityName, isValidNamespace, isValidLabelKey, isValidLabelValue, isValidTag } = makeValidator();

describe('the formats of fields', () => {
  it.each([
    ['apiVersion', isValidApiVersion, ['v1', 'backstage.io/v1alpha1'], ['', 'a/b/c', 'Upper.io/v1', 'a.io/v-1', `a.io/${long(64)}`, 7]],
    ['kind', isValidKind, ['Component', 'a1'], ['', '1a', 'a-b', long(64)]],
    ['name', isValidEntityName, ['a', 'A.b_c-d'], ['', '-a', 'a.', 'a b', long(64), undefined]],
    ['namespace', isValidNamespace, ['a', 'a--b'], ['', 'A', 'a.b', '-a']],
    ['label key', isValidLabelKey, ['tier', 'example.com/tier'], ['', '/tier', 'example.com/', 'a/b/c']],
    ['label value', isValidLabelValue, ['', 'one'], ['one two', null]],
    ['tag', isValidTag, ['c++', 'c#', 'a:b', 'tier-1'], ['', 'Java', 'a--b', long(64)]],
    ['subdomain', CommonValidatorFunctions.isValidDnsSubdomain, ['a.b', Array.from({ length: 4 }, () => long(60)).join('.')], ['a..b', Array.from({ length: 5 }, () => long(60)).join('.')]],
    ['URL', CommonValidatorFunctions.isValidUrl, ['https://example.com'], ['example', '', 1]],
    ['text', CommonValidatorFunctions.isNonEmptyString, ['a'], ['', ' ', 1]],
    ['annotation value', KubernetesValidatorFunctions.isValidAnnotationValue, ['', 'any thing'], [1]],
  ])('%s', (_, isValid, good: unknown[], bad: unknown[]) => {
    expect(good.filter(value => !isValid(value))).toEqual([]);
    expect(bad.filter(value => isValid(value))).toEqual([]);
  });

  it('what JSON does not change', () => {
    expect(CommonValidatorFunctions.isJsonSafe({ a: [1, 'b', null, { c: true }] })).toBe(true);
    for (const value of [undefined, NaN, () => 1, { a: undefined }, [new Date()], Symbol('a')]) {
      expect(CommonValidatorFunctions.isJsonSafe(value)).toBe(false);
    }
  });

  it('may be others', () => {
    expect(makeValidator({ isValidTag: value => value === 'Java' }).isValidTag('Java')).toBe(true);
  });
});
