import { accessibilityViolations, currentPath, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from '../../installation';

const quadrants = ['a', 'b', 'c', 'd'].map(id => ({ id, name: `Quadrant ${id}` }));
const rings = [
  { id: 'use', name: 'Use' },
  { id: 'leave', name: 'Leave' },
];
const radar = {
  quadrants,
  rings,
  entries: [
    {
      id: 'one',
      title: 'One',
      quadrant: 'a',
      description: 'Why **one**.',
      url: 'javascript:alert(1)',
      links: [{ url: 'https://example.com', title: 'Read on' }],
      timeline: [{ date: '2026-01-01', ringId: 'use', description: 'It held.' }, { date: '2025-01-01', ringId: 'leave' }],
    },
    { id: 'two', title: 'Two', quadrant: 'b', timeline: [{ date: '2025-01-01', ringId: 'leave' }] },
  ],
};

function renderRadar({ config, search = '' }: { config?: JsonObject; search?: string } = {}) {
  return renderInstalledPages({
    installed: [{ installation }],
    path: `/tech-radar${search}`,
    config: config && { app: { extensions: [{ 'page:tech-radar': { config } }] } },
  });
}

function answering(respond: () => Response) {
  const backend = startMockBackend();
  backend.override(/radar\.json/, respond);
  return { config: { url: '/files/radar.json' } };
}

describe('the radar', () => {
  it('shows the one the plugin brings, and axe objects to nothing', async () => {
    startMockBackend();
    renderRadar();
    expect(await screen.findByRole('group', { name: /^Radar with 2\d entries/ })).toBeTruthy();
    expect(screen.getByRole('button', { name: /Rust, Adopt/ })).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Legend' })).getByRole('button', { name: /Rust/ })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('tells what an entry is, why, and how it came there', async () => {
    renderRadar(answering(() => Response.json(radar)));
    fireEvent.click(await screen.findByRole('button', { name: '1 One, Use, moved in' }));
    const dialog = await screen.findByRole('dialog', { name: 'One' });
    expect(currentPath()).toContain('entry=one');
    await waitFor(() => expect(dialog.querySelector('strong + *, p strong')).toBeTruthy());
    expect(within(dialog).getByRole('link', { name: /Read on/ })).toBeTruthy();
    expect(within(dialog).queryByText('Learn more')).toBeNull();
    expect(within(within(dialog).getByRole('region', { name: 'History' })).getAllByRole('listitem')).toHaveLength(2);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Next entry: Two' }));
    expect(await screen.findByRole('dialog', { name: 'Two' })).toBeTruthy();
  });

  it('is walked through by the arrow keys and opened by Enter', async () => {
    renderRadar(answering(() => Response.json(radar)));
    const first = await screen.findByRole('button', { name: /^1 One/ });
    act(() => first.focus());
    fireEvent.keyDown(first, { key: 'ArrowRight' });
    const second = screen.getByRole('button', { name: /^2 Two, Leave/ });
    expect(document.activeElement).toBe(second);
    expect(second.getAttribute('tabindex')).toBe('0');
    fireEvent.keyDown(second, { key: 'Enter' });
    expect(await screen.findByRole('dialog', { name: 'Two' })).toBeTruthy();
  });

  it('is narrowed by words, quadrant and movement, all in the URL', async () => {
    renderRadar(answering(() => Response.json(radar)));
    fireEvent.change(await screen.findByRole('searchbox'), { target: { value: 'two' } });
    await waitFor(() => expect(screen.getByText('1 of 2 entries')).toBeTruthy());
    expect(currentPath()).toBe('/tech-radar?q=two');
    fireEvent.change(screen.getByRole('combobox', { name: 'Movement' }), { target: { value: 'in' } });
    expect(await screen.findByText('Nothing on the radar matches')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(await screen.findByText('2 entries')).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'Quadrant' }), { target: { value: 'b' } });
    await waitFor(() => expect(screen.queryByRole('button', { name: /^1 One/ })).toBeNull());
  });

  it('is also a table', async () => {
    renderRadar({ ...answering(() => Response.json(radar)), search: '?view=table' });
    const table = await screen.findByRole('table', { name: 'Tech radar' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(await accessibilityViolations()).toEqual([]);
  });
});

describe('where the radar comes from', () => {
  it('may be YAML at an address', async () => {
    const yaml = JSON.stringify(radar).replace('"entries"', '\n"entries"');
    renderRadar(answering(() => new Response(yaml)));
    expect(await screen.findByRole('button', { name: /^1 One/ })).toBeTruthy();
  });

  it('may be an entity, or one of several radars by name', async () => {
    startMockBackend([
      { apiVersion: 'v1', kind: 'Resource', metadata: { name: 'radar' }, spec: { radar: JSON.stringify(radar) } },
    ]);
    renderRadar({ config: { radars: { own: { entity: 'resource:default/radar', title: 'Ours' }, other: { title: 'Acme' } } } });
    expect(await screen.findByRole('button', { name: /^1 One/ })).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'Which radar' }), { target: { value: 'other' } });
    expect(await screen.findByRole('button', { name: /Rust, Adopt/ })).toBeTruthy();
    expect(currentPath()).toBe('/tech-radar?radar=other');
  });

  it.each([
    ['the address answers with an error', () => new Response('', { status: 502, statusText: 'Bad Gateway' }), '/files/radar.json: The server answered 502 Bad Gateway'],
    ['it is not what a radar looks like', () => Response.json({ ...radar, rings: [] }), 'rings must not be empty'],
    ['it is neither JSON nor YAML', () => new Response('{"a": ['), 'is neither JSON nor YAML'],
  ])('is told when %s', async (_, respond, message) => {
    renderRadar(answering(respond));
    const alert = await screen.findByRole('alert', undefined, { timeout: 20_000 });
    expect(alert.textContent).toContain('The radar could not be loaded');
    expect(alert.textContent).toContain(message);
  });

  it('is told when the entity is not in the catalog', async () => {
    startMockBackend();
    renderRadar({ config: { entity: 'resource:default/nothing' } });
    expect((await screen.findByRole('alert')).textContent).toContain('resource:default/nothing, which should hold the radar, is not in the catalog');
  });

  it('says what an entry looks like while there is none', async () => {
    renderRadar(answering(() => Response.json({ ...radar, entries: [] })));
    expect(await screen.findByText('The radar is empty')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });
});
