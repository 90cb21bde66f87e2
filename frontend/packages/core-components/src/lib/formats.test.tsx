import { appLanguageApiRef, useApi } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Duration, SegmentedControl, Table, Time } from '..';
import { english, formatsOf } from './formats';

const now = new Date('2026-03-10T12:00:00Z');
const german = formatsOf('de');

describe('how long ago', () => {
  it.each([
    ['2026-03-10T11:59:57Z', 'now'],
    ['2026-03-10T11:59:30Z', '30 seconds ago'],
    ['2026-03-10T10:30:00Z', '1 hour ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-03-13T12:00:00Z', 'in 3 days'],
    ['2026-03-01T12:00:00Z', '9 days ago'],
    ['2024-02-01T12:00:00Z', '2 years ago'],
  ])('%s is %s', (date, text) => {
    expect(english.relative(new Date(date), now)).toBe(text);
  });

  it('is said in other languages as well', () => {
    expect(german.relative(new Date('2026-03-10T10:30:00Z'), now)).toBe('vor 1 Stunde');
    expect(german.relative(now, now)).toBe('jetzt');
  });
});

describe('how long', () => {
  it.each([
    [4.23, '4.2 ms'],
    [840, '840 ms'],
    [1_400, '1.4 s'],
    [59_000, '59 s'],
    [59_700, '1 min 0 s'],
    [192_000, '3 min 12 s'],
    [7_500_000, '2 h 5 min'],
  ])('%d milliseconds are %s', (milliseconds, text) => {
    expect(english.duration(milliseconds)).toBe(text);
  });

  it('has the decimal sign of the language', () => expect(german.duration(1_400)).toBe('1,4 s'));
});

it.each([
  [english, 'PT30M', '30 minutes'],
  [english, 'PT1H', '1 hour'],
  [english, 'P1DT12H', '1 day 12 hours'],
  [german, 'PT90S', '90 Sekunden'],
  [english, 'PT0S', 'PT0S'],
  [english, 'soon', 'soon'],
])('%#: the period %s is %s', (formats, text, words) => {
  expect(formats.period(text)).toBe(words);
});

it('writes figures as the language does', () => {
  expect([english.number(38_000), german.number(38_000)]).toEqual(['38,000', '38.000']);
  expect([0, 0.25, 3.456, 34.56, 345.6].map(english.rounded)).toEqual(['0', '0.25', '3.46', '34.6', '346']);
  expect([0, 512, 1_400, 20_000_000].map(english.bytes)).toEqual(['0 B', '512 B', '1.4 kB', '20 MB']);
  expect([english.share(0.125), german.share(0.125)]).toEqual(['12.5%', '12,5\u00a0%']);
});

it('orders texts as the language does, and numbers by their value', () => {
  expect(['zeta', 'Ähre', 'v10', 'v9', 'anna'].sort(german.compare)).toEqual(['Ähre', 'anna', 'v9', 'v10', 'zeta']);
  expect(['zebra', 'ö', 'o'].sort(formatsOf('sv').compare)).toEqual(['o', 'zebra', 'ö']);
});

const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);

function Page() {
  const languageApi = useApi(appLanguageApiRef);
  return (
    <>
      <button type="button" onClick={() => languageApi.setLanguage('sv')}>
        Svenska
      </button>
      <Time at={threeDaysAgo} />
      <Duration from={new Date(0)} to={new Date(1400)} />
      <SegmentedControl label="Which" value="all" onChange={() => undefined} segments={[{ value: 'all', label: 'All', count: 38_000 }]} />
      <Table columns={[{ title: 'Name', field: 'name', defaultSort: 'asc' }]} data={['ö', 'o', 'zebra'].map(name => ({ id: name, name }))} />
    </>
  );
}

it('what is on a page follows the language as soon as it is chosen', async () => {
  renderInTestApp(<Page />, { translations: { availableLanguages: ['en', 'sv'] } });
  const rows = () => screen.getAllByRole('row').slice(1).map(({ textContent }) => textContent);
  expect(await screen.findByText('3 days ago')).toBeTruthy();
  expect(screen.getByText('1.4 s')).toBeTruthy();
  expect(screen.getByText('38,000')).toBeTruthy();
  expect(rows()).toEqual(['o', 'ö', 'zebra']);
  act(() => screen.getByRole('button', { name: 'Svenska' }).click());
  expect(await screen.findByText('för 3 dagar sedan')).toBeTruthy();
  expect(screen.getByText('1,4 s')).toBeTruthy();
  expect(screen.getByText('38 000')).toBeTruthy();
  expect(rows()).toEqual(['o', 'zebra', 'ö']);
});
