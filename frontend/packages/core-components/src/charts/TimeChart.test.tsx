import { screen } from '@testing-library/react';
import { renderInTestApp } from '@callboard/test-utils';
import { describe, expect, it } from 'vitest';
import { TimeChart, type Threshold } from './TimeChart';

const HOUR = 3_600_000;
const NOON = new Date(2026, 0, 31, 12).getTime();

async function labelsOf(hours: number, thresholds: Threshold[] = []) {
  const times = [new Date(NOON), new Date(NOON + hours * HOUR)];
  renderInTestApp(
    <TimeChart label="Requests" times={times} series={[{ id: 'all', title: 'All', values: [1, 2] }]} max={200} thresholds={thresholds} format={String} />,
  );
  const chart = await screen.findByRole('slider', { name: 'Requests' });
  return [...chart.querySelectorAll('text')].map(({ textContent }) => textContent);
}

describe('what stands along a chart', () => {
  it('is the time of the day within hours', async () => {
    expect(await labelsOf(16)).toEqual(['0', '100', '200', '12:00', '16:00', '20:00', '00:00', '04:00']);
  });

  it('is the day as well where the same time comes twice', async () => {
    expect(await labelsOf(24)).toEqual(['0', '100', '200', '31 Jan, 12:00', '31 Jan, 18:00', '1 Feb, 00:00', '1 Feb, 06:00', '1 Feb, 12:00']);
  });

  it('is each day once', async () => {
    expect(await labelsOf(48)).toEqual(['0', '100', '200', '31 Jan', '1 Feb', '2 Feb']);
  });

  it('leaves out a value where a threshold is named', async () => {
    expect(await labelsOf(4, [{ value: 90, title: 'Good' }])).toEqual(expect.not.arrayContaining(['100']));
  });
});
