import type { Entity } from '@callboard/catalog-model';
import { EntityProvider, PlainEntityTable, entityRouteRef, useEntityColumns } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, MockBackend, renderInTestApp, sampleEntities } from '@callboard/test-utils';
import { FlatRoutes } from '@callboard/core-app-api';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readEvents } from './api/readEvents';
import { LighthouseSimulator } from './fixtures/LighthouseSimulator';
import { websitesOf } from './lib/websites';
import { installation } from './installation';
import { EntityLastLighthouseAuditCard, EntityLighthouseContent, LighthousePage } from './plugin';

const SHOP = 'https://shop.acme.example';
let lighthouse: LighthouseSimulator;
let refusal: Response | undefined;

/** Puts the simulated service, and the rest of a portal, behind the page's network. */
function serve(): void {
  const backend = new MockBackend(sampleEntities());
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    if (!request.url.includes('/api/lighthouse/')) {
      return backend.fetch(input, init);
    }
    return refusal ? Promise.resolve(refusal.clone()) : lighthouse.handle(request);
  });
}

function render(path: string, entity?: Entity) {
  serve();
  return renderInTestApp(
    <>
      {entity && (
        <EntityProvider entity={entity}>
          <EntityLastLighthouseAuditCard />
          <EntityLighthouseContent />
        </EntityProvider>
      )}
      <FlatRoutes>
        <Route path="/lighthouse" element={<LighthousePage />} />
        <Route path="/entity" element={<span />} />
      </FlatRoutes>
    </>,
    { path, mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

function annotated(value: string | undefined): Entity {
  const annotations = value === undefined ? undefined : { 'lighthouse.com/website-url': value };
  return { apiVersion: 'v1', kind: 'Component', metadata: { name: 'shop', annotations }, spec: { type: 'website' } };
}

beforeEach(() => {
  lighthouse = new LighthouseSimulator();
  refusal = undefined;
});

describe('the websites', () => {
  it('show their scores and where they are heading, and axe objects to nothing', async () => {
    render('/lighthouse');
    const table = await screen.findByRole('table', { name: 'Websites' });
    expect(await within(table).findByRole('link', { name: 'shop.acme.example' })).toBeTruthy();
    expect(within(table).getAllByRole('img', { name: /^Performance: from \d+ to \d+$/ })).toHaveLength(2);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('say what audits are until one has read it, and then when asked', async () => {
    localStorage.clear();
    const { unmount } = render('/lighthouse');
    const introduction = await screen.findByRole('region', { name: 'Audits of your websites' });
    expect(introduction.textContent).toContain('lighthouse.com/website-url');
    fireEvent.click(within(introduction).getByRole('button', { name: 'Got it' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Audits of your websites' })).toBeNull());
    unmount();

    render('/lighthouse');
    fireEvent.click(await screen.findByRole('button', { name: 'About audits' }));
    expect((await screen.findByRole('dialog', { name: 'About audits' })).textContent).toContain('lighthouse.com/website-url');
    expect(screen.queryByRole('region', { name: 'Audits of your websites' })).toBeNull();
    localStorage.clear();
  });

  it('come in pages', async () => {
    lighthouse = new LighthouseSimulator({ websites: Array.from({ length: 12 }, (_, index) => `https://site-${index}.example`), auditsEach: 1 });
    render('/lighthouse');
    expect(await screen.findByText('1–10 of 12')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('11–12 of 12')).toBeTruthy();
    expect(currentPath()).toBe('/lighthouse?page=2');
  });

  it('say what to do while there are none, and when they may not be seen', async () => {
    lighthouse = new LighthouseSimulator({ websites: [] });
    const { unmount } = render('/lighthouse');
    expect(await screen.findByText('No website has been audited yet')).toBeTruthy();
    unmount();
    refusal = Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 });
    render('/lighthouse');
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});

describe('an audit', () => {
  it('shows the report in a frame that reaches nothing of the portal', async () => {
    render('/lighthouse/audit/audit-0-0');
    const frame = await screen.findByTitle('Lighthouse report of shop.acme.example');
    expect(frame.getAttribute('src')).toMatch(/\/api\/lighthouse\/v2\/audits\/audit-0-0\/report\?format=html$/);
    expect(frame.getAttribute('sandbox')).not.toContain('allow-same-origin');
    const versions = screen.getByRole('navigation', { name: 'Audits of this website' });
    expect(within(versions).getAllByRole('link')).toHaveLength(12);
    expect(within(versions).getAllByRole('link')[0]?.getAttribute('aria-current')).toBe('page');
    frame.remove();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('whose report cannot be had says so, and comes back when one tries again', async () => {
    const answer = vi.spyOn(lighthouse, 'handle');
    const refuseReport = (status: number) =>
      answer.mockImplementation(async request => (request.method === 'HEAD' ? new Response(undefined, { status }) : simulated(request)));
    const simulated = new LighthouseSimulator().handle;
    refuseReport(500);
    const { unmount } = render('/lighthouse/audit/audit-0-0');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The report could not be found');
    expect(screen.queryByTitle(/Lighthouse report/)).toBeNull();
    answer.mockImplementation(simulated);
    fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTitle(/Lighthouse report/)).toBeTruthy();
    unmount();
    refuseReport(403);
    render('/lighthouse/audit/audit-0-0');
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });

  it('whose report is on its way holds its place', async () => {
    const simulated = lighthouse.handle;
    vi.spyOn(lighthouse, 'handle').mockImplementation(request => (request.method === 'HEAD' ? new Promise(() => undefined) : simulated(request)));
    render('/lighthouse/audit/audit-0-0');
    expect(await screen.findByRole('progressbar', { name: 'Loading' })).toBeTruthy();
    expect(screen.queryByTitle(/Lighthouse report/)).toBeNull();
  });

  it('that failed says why', async () => {
    render('/lighthouse/audit/audit-0-3');
    const panel = await screen.findByRole('region', { name: 'The audit failed' });
    expect(panel.textContent).toContain('The website did not answer within 30 seconds.');
    expect(within(panel).getByRole('link', { name: 'Audit again' }).getAttribute('href')).toBe(`/lighthouse/create-audit?url=${encodeURIComponent(SHOP)}`);
  });

  it('that runs is followed until its report is there', async () => {
    await lighthouse.handle(new Request('http://x/api/lighthouse/v2/audits', { method: 'POST', body: JSON.stringify({ url: SHOP, options: { formFactor: 'MOBILE' } }) }));
    render(`/lighthouse/audit/${lighthouse.audits[0]?.id}`);
    expect(await screen.findByRole('progressbar', { name: 'Progress of the audit' })).toBeTruthy();
    expect(await screen.findByTitle('Lighthouse report of shop.acme.example')).toBeTruthy();
  });

  it('is deleted after asking', async () => {
    render('/lighthouse/audit/audit-0-0');
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete this audit?' });
    expect(lighthouse.audits).toHaveLength(24);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(currentPath()).toBe('/lighthouse'));
    expect(lighthouse.audits).toHaveLength(23);
  });

  it('that does not exist says so', async () => {
    render('/lighthouse/audit/nothing');
    expect(await screen.findByText('There is no such audit')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'All websites' }).getAttribute('href')).toBe('/lighthouse');
  });
});

describe('the form', () => {
  it('starts what it was asked for, and a schedule with it', async () => {
    render(`/lighthouse/create-audit?url=${encodeURIComponent('https://new.example/')}`);
    fireEvent.click(await screen.findByRole('radio', { name: /Desktop/ }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'SEO' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'When' }), { target: { value: 'weekly' } });
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Start and schedule' }));
    await waitFor(() => expect(currentPath()).toMatch(/^\/lighthouse\/audit\/audit-new/));
    expect(lighthouse.audits[0]).toMatchObject({ url: 'https://new.example', formFactor: 'DESKTOP' });
    expect(lighthouse.schedules.at(-1)).toMatchObject({
      cron: '0 3 * * 1',
      options: { categories: ['performance', 'accessibility', 'best-practices'] },
    });
  });

  it('has a shorter address, too', async () => {
    render(`/lighthouse/create?url=${encodeURIComponent('https://new.example')}`);
    expect(await screen.findByRole('textbox', { name: 'Website' })).toHaveProperty('value', 'https://new.example');
    expect(currentPath()).toBe('/lighthouse/create-audit?url=https://new.example');
  });

  it('wants a whole address and something to audit', async () => {
    render('/lighthouse/create-audit');
    fireEvent.change(await screen.findByRole('textbox', { name: 'Website' }), { target: { value: 'shop.example' } });
    fireEvent.click(screen.getByRole('button', { name: 'Start the audit' }));
    expect(await screen.findByText('Enter the whole address, starting with https://')).toBeTruthy();
    for (const name of ['Performance', 'Accessibility', 'Best practices', 'SEO']) {
      fireEvent.click(screen.getByRole('checkbox', { name }));
    }
    expect(screen.getByText('Choose at least one.')).toBeTruthy();
    expect(lighthouse.requests.some(request => request.startsWith('POST'))).toBe(false);
  });

  it('keeps what was typed when the service refuses it', async () => {
    render(`/lighthouse/create-audit?url=${encodeURIComponent('https://refused.example')}`);
    fireEvent.click(await screen.findByRole('button', { name: 'Start the audit' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The audit could not be started');
    expect(screen.getByRole('textbox', { name: 'Website' })).toHaveProperty('value', 'https://refused.example');
  });
});

describe('the comparison', () => {
  it('says what got better and what worse', async () => {
    render('/lighthouse/compare?base=audit-0-9&other=audit-0-0');
    const checks = await screen.findByRole('table', { name: 'Checks that came out differently' });
    expect(within(checks).getByText('+100')).toBeTruthy();
    expect(within(checks).getByText('−60')).toBeTruthy();
    expect(within(screen.getByRole('table', { name: 'Metrics' })).getAllByText(/^−/).length).toBeGreaterThan(4);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.change(screen.getByRole('combobox', { name: 'Before' }), { target: { value: 'audit-0-5' } });
    await waitFor(() => expect(lighthouse.requests).toContain('GET /v2/comparison?base=audit-0-5&other=audit-0-0'));
  });

  it('takes two audits', async () => {
    lighthouse = new LighthouseSimulator({ auditsEach: 1 });
    render('/lighthouse/compare?base=&other=audit-0-0');
    expect(await screen.findByText('There is nothing to compare yet')).toBeTruthy();
  });
});

describe('trends', () => {
  it('are charts that arrow keys go through, and a table', async () => {
    render(`/lighthouse/trends?url=${encodeURIComponent(SHOP)}`);
    const chart = await screen.findByRole('slider', { name: 'Scores over time' });
    expect(chart.querySelectorAll('polyline')).toHaveLength(4);
    act(() => chart.focus());
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(chart.getAttribute('aria-valuetext')).toMatch(/Performance \d+, Accessibility \d+/);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    expect(within(await screen.findByRole('table', { name: 'Scores over time' })).getAllByRole('row')).toHaveLength(12);
  });

  it('tell when the website is audited by itself', async () => {
    lighthouse.schedules.push({ id: 'mine', url: SHOP, cron: '5 4 * * *', enabled: true, origin: 'API' });
    render(`/lighthouse/trends?url=${encodeURIComponent(SHOP)}`);
    const schedules = await screen.findByRole('region', { name: 'Schedules' });
    expect(await within(schedules).findByText('from the catalog')).toBeTruthy();
    fireEvent.click(within(schedules).getByRole('button', { name: 'Delete schedule 5 4 * * *' }));
    await waitFor(() => expect(within(schedules).queryByText('5 4 * * *')).toBeNull());
    expect(within(schedules).queryAllByRole('button')).toEqual([]);
  });
});

it.each([
  ['compare', 'Which audits?'],
  ['trends', 'Which website?'],
])('asks what to show at /lighthouse/%s when the address names nothing', async (path, question) => {
  render(`/lighthouse/${path}`);
  expect(await screen.findByText(question)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'All websites' })).toBeTruthy();
  expect(lighthouse.requests).toEqual([]);
});

it('says so where no page is', async () => {
  render('/lighthouse/nowhere');
  expect(await screen.findByRole('heading', { name: 'There is nothing at this address' })).toBeTruthy();
});

describe('on the page of an entity', () => {
  it('are a card with the latest scores and a tab with every audit', async () => {
    render('/entity', annotated(`Shop=${SHOP}, https://acme.example/help`));
    const card = await screen.findByRole('region', { name: 'Latest audit' });
    expect(await within(card).findByText('Performance')).toBeTruthy();
    const table = await screen.findByRole('table', { name: 'All audits' });
    await waitFor(() => expect(within(table).getAllByRole('link')).toHaveLength(12));
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'acme.example/help' }));
    await waitFor(() => expect(lighthouse.requests).toContain('GET /v2/audits?url=https://acme.example/help&limit=30'));
  });

  it('offer the first audit', async () => {
    render('/entity', annotated('https://never.example'));
    expect(await screen.findByText('No audit yet')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Create audit' })[0]?.getAttribute('href')).toContain('url=https%3A%2F%2Fnever.example');
  });

  it('explain the annotation where there is none', async () => {
    render('/entity', annotated(undefined));
    expect(await screen.findByText('This component names no website')).toBeTruthy();
  });
});

/** A table of entities with the column that the plugin brings. */
function ScoresTable({ entities }: { entities: Entity[] }) {
  const columns = useEntityColumns().chosen('component', ['lighthouse']);
  const references = { title: () => undefined, isPending: () => false, isMissing: () => false };
  return <PlainEntityTable label="Components" entities={entities} columns={columns} references={references} stale={false} skeletonRows={1} />;
}

describe('in a table of entities', () => {
  function renderTable(...values: (string | undefined)[]) {
    serve();
    const entities = values.map((value, index) => ({ ...annotated(value), metadata: { ...annotated(value).metadata, name: `site-${index}` } }));
    renderInTestApp(
      <>
        <ScoresTable entities={entities} />
        <FlatRoutes>
          <Route path="/lighthouse" element={<LighthousePage />} />
          <Route path="/entity" element={<span />} />
        </FlatRoutes>
      </>,
      { path: '/entity', installed: [{ installation }], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
  }

  it('are a column of the latest scores, empty where nothing is audited', async () => {
    renderTable(SHOP, undefined, 'https://never.example', 'nonsense');
    expect(screen.getByRole('columnheader', { name: 'Lighthouse' })).toBeTruthy();
    const scores = await screen.findByRole('link', { name: /^Performance \d+, Accessibility \d+, Best practices \d+, SEO \d+$/ });
    expect(scores.getAttribute('href')).toBe('/lighthouse/audit/audit-0-0');
    expect(await screen.findByText('No audit yet')).toBeTruthy();
    expect(screen.getByText('Not available')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /site-1/ })).getAllByRole('cell')[1]?.textContent).toBe('');
    expect(lighthouse.requests).toEqual(['GET /v2/websites?limit=200&auditsPerWebsite=5']);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('say so in the cell when they cannot be had', async () => {
    refusal = Response.json({ error: { name: 'Error', message: 'the disk is full' } }, { status: 500 });
    renderTable(SHOP);
    expect((await screen.findByText('Failed')).title).toBe('the disk is full');
  });

  it('are asked for one by one only where there are too many websites to list', async () => {
    const websites = Array.from({ length: 201 }, (_, index) => `https://site-${index}.example`);
    lighthouse = new LighthouseSimulator({ websites, auditsEach: 1 });
    renderTable('https://site-3.example', 'https://site-200.example');
    await waitFor(() => expect(screen.getAllByRole('link', { name: /^Performance \d+/ })).toHaveLength(2));
    expect(lighthouse.requests).toHaveLength(2);
    expect(lighthouse.requests[1]).toBe('GET /v2/audits?url=https://site-200.example&limit=5');
  });
});

it.each([
  ['https://a.example', [{ url: 'https://a.example', label: 'a.example' }]],
  ['https://a.example/?q=1', [{ url: 'https://a.example/?q=1', label: 'a.example/?q=1' }]],
  ['Shop=https://a.example\nhttps://b.example/', [{ url: 'https://a.example', label: 'Shop' }, { url: 'https://b.example/', label: 'b.example' }]],
  ['javascript:alert(1), nonsense', []],
])('reads the websites of %j', (annotation, websites) => {
  expect(websitesOf(annotated(annotation))).toEqual(websites);
});

it('reads events that arrive in pieces', async () => {
  const pieces = [': hi\n\nevent: a\nda', 'ta: {"x":\ndata: 1}\n', '\nid: 3\r\ndata: 2\r\n\r\ndata: cut'];
  const body = new ReadableStream({
    start(controller) {
      pieces.forEach(piece => controller.enqueue(new TextEncoder().encode(piece)));
      controller.close();
    },
  });
  const seen: string[] = [];
  await readEvents(new Response(body), data => seen.push(data));
  expect(seen).toEqual(['{"x":\n1}', '2']);
});
