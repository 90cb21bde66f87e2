/** Components that plugins written for Backstage use less often, and properties of others. */
import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { Star } from 'lucide-react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  AlertDisplay,
  Button,
  CardTab,
  CatalogIcon,
  DependencyGraph,
  DependencyGraphTypes,
  ErrorBoundary,
  ErrorPanel,
  FavoriteToggle,
  FeatureCalloutCircular,
  Gauge,
  HeaderActionMenu,
  HeaderIconLinkRow,
  InfoCard,
  LinearGauge,
  MarkdownContent,
  PageWithHeader,
  StructuredMetadataTable,
  SubvalueCell,
  TabbedCard,
  Table,
  TrendLine,
  WarningPanel,
} from '.';

function Broken(): never {
  throw new Error('It is broken');
}

it('they stand together on a page in which axe finds nothing', async () => {
  const onClick = vi.fn();
  renderInTestApp(
    <PageWithHeader themeId="tool" title="Tools" subtitle={<HeaderActionMenu actionItems={[{ label: 'Rename', secondaryLabel: 'for all', onClick }]} />}>
      <Button to="/next">Next</Button>
      <CatalogIcon />
      <HeaderIconLinkRow
        links={[
          { label: 'View source', href: 'https://example.com/source', icon: <Star aria-hidden /> },
          { label: 'Docs', disabled: true, title: 'There are none' },
        ]}
      />
      <SubvalueCell value="shop" subvalue="a component" />
      <FeatureCalloutCircular featureId="new-thing" title="New" description="Look at this">
        <p>The thing</p>
      </FeatureCalloutCircular>
      <AlertDisplay anchorOrigin={{ vertical: 'top', horizontal: 'center' }} transientTimeoutMs={1000} />
    </PageWithHeader>,
  );
  expect(screen.getByRole('link', { name: 'Next' }).getAttribute('href')).toBe('/next');
  expect(screen.getByRole('link', { name: /View source/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Docs' })).toHaveProperty('disabled', true);
  expect(await accessibilityViolations()).toEqual([]);

  fireEvent.click(screen.getByRole('button', { name: 'More actions' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: /Rename/ }));
  expect(onClick).toHaveBeenCalledTimes(1);

  fireEvent.click(screen.getByRole('button', { name: 'Got it' }));
  expect(screen.queryByText('Look at this')).toBeNull();
  expect(screen.getByText('The thing')).toBeTruthy();
});

it('a favourite is marked and unmarked', () => {
  function Favorite() {
    const [isFavorite, setIsFavorite] = useState(false);
    return <FavoriteToggle id="shop" title="Favourite" isFavorite={isFavorite} onToggle={setIsFavorite} />;
  }
  render(<Favorite />);
  const toggle = screen.getByRole('button', { name: 'Favourite', pressed: false });
  fireEvent.click(toggle);
  expect(toggle.getAttribute('aria-pressed')).toBe('true');
});

describe('what fails', () => {
  it('fails alone, says where help is, and can be tried again', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const onError = vi.fn();
    let broken = true;
    const Fragile = () => (broken ? <Broken /> : <p>Mended</p>);
    renderInTestApp(
      <>
        <InfoCard title="Card" slackChannel="#help" errorBoundaryProps={{ onError }}>
          <Fragile />
        </InfoCard>
        <ErrorBoundary slackChannel={{ name: '#tools', href: 'https://slack.example.com' }}>
          <Broken />
        </ErrorBoundary>
        <p>The rest</p>
      </>,
    );
    const card = within(screen.getByRole('region', { name: 'Card' }));
    expect(card.getByRole('alert').textContent).toContain('It is broken');
    expect(card.getByText(/#help/)).toBeTruthy();
    expect(screen.getByRole('link', { name: /#tools/ })).toBeTruthy();
    expect(screen.getByText('The rest')).toBeTruthy();
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'It is broken' }), expect.any(String));
    broken = false;
    fireEvent.click(card.getByRole('button', { name: 'Try again' }));
    expect(card.getByText('Mended')).toBeTruthy();
  });

  it('may show no more than its title at first', async () => {
    renderInTestApp(
      <>
        <ErrorPanel error={new Error('a long story')} title="It is **bad**" titleFormat="markdown" defaultExpanded={false}>
          More
        </ErrorPanel>
        <WarningPanel severity="info" message="as you like" />
      </>,
    );
    expect((await screen.findByText('bad')).tagName).toBe('STRONG');
    expect(screen.getByText(/a long story/).closest('details')?.open).toBe(false);
    expect(screen.getByText('More').closest('details')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'For your information' })).toBeTruthy();
  });
});

it('the tabs of a card may be chosen from outside', () => {
  const onChange = vi.fn();
  renderInTestApp(
    <TabbedCard title="Card" value="b" onChange={onChange}>
      <CardTab label="A" value="a">
        first
      </CardTab>
      <CardTab label="B" value="b">
        second
      </CardTab>
      <CardTab label="C" value="c" disabled>
        third
      </CardTab>
    </TabbedCard>,
  );
  fireEvent.click(screen.getByRole('tab', { name: 'A' }));
  expect(onChange).toHaveBeenCalledWith(expect.anything(), 'a');
  expect(screen.getByRole('tabpanel').textContent).toBe('second');
  expect(screen.getByRole('tab', { name: 'C' })).toHaveProperty('disabled', true);
});

it('a table has actions for itself and for its rows', () => {
  const [refresh, remove] = [vi.fn(), vi.fn()];
  renderInTestApp(
    <Table
      title="Jobs"
      columns={[{ title: 'Name', field: 'name' }]}
      data={[{ name: 'build' }, { name: 'test' }]}
      options={{ actionsColumnIndex: 0 }}
      actions={[
        { icon: Star, tooltip: 'Refresh', isFreeAction: true, onClick: refresh },
        row => ({ icon: Star, tooltip: `Remove ${row.name}`, disabled: row.name === 'test', onClick: remove }),
      ]}
    />,
  );
  expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Actions', 'Name']);
  fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(refresh).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: 'Remove build' }));
  expect(remove).toHaveBeenCalledWith(expect.anything(), { name: 'build' });
  expect(screen.getByRole('button', { name: 'Remove test' })).toHaveProperty('disabled', true);
});

it('gauges and lines may have colours of their own, and values as they are', () => {
  const { container } = renderInTestApp(
    <>
      <Gauge value={2.25} max={5} unit=" GB" relativeToMax decimalDigits={1} getColor={({ palette, value }) => (value > 2 ? palette.status.error : 'black')} />
      <LinearGauge value={0.5} label="Half" getColor={() => 'warning'} />
      <TrendLine data={[0, 1]} color="rebeccapurple" title="Trend" />
    </>,
  );
  expect(screen.getByRole('meter', { name: '2.3 GB' }).querySelectorAll('circle')[1]?.style.color).toBe('var(--cb-danger)');
  expect(screen.getByRole('img').style.color).toBe('rebeccapurple');
  expect(container).toBeTruthy();
});

it('addresses in Markdown may be changed', async () => {
  renderInTestApp(<MarkdownContent content={'[the guide](guide.md) **bold**'} transformLinkUri={address => `/docs/${address}`} />);
  expect((await screen.findByRole('link', { name: 'the guide' })).getAttribute('href')).toBe('/docs/guide.md');
});

it('nested values may be YAML', async () => {
  renderInTestApp(<StructuredMetadataTable metadata={{ nested: { deep: [1, { more: true }] } }} options={{ nestedValuesAsYaml: true }} />);
  expect((await screen.findByText('deep')).closest('pre')?.textContent).toContain('- more: true');
});

describe('a graph', () => {
  const nodes = [{ id: 'a' }, { id: 'b' }];
  const edges = [{ from: 'a', to: 'b' }];

  it('takes its nodes as large as they are drawn', async () => {
    const box = { x: 0, y: 0, width: 200, height: 50 } as DOMRect;
    Object.assign(SVGElement.prototype, { getBBox: () => box });
    renderInTestApp(
      <DependencyGraph
        label="Drawn"
        nodes={nodes}
        edges={edges}
        direction={DependencyGraphTypes.Direction.LEFT_RIGHT}
        rankMargin={10}
        paddingX={0}
        zoom="enable-on-click"
        curve="curveStepBefore"
        defs={<linearGradient id="shade" />}
        renderNode={({ node }) => <text>{node.id}</text>}
      />,
    );
    const graph = await screen.findByRole('group', { name: 'Drawn' });
    const at = (id: string) => within(graph).getByText(id).closest('g')?.getAttribute('transform');
    // The second begins where the first, and what is between them, end.
    expect([at('a'), at('b')]).toEqual(['translate(0 16)', 'translate(210 16)']);
    expect(graph.querySelector('path[marker-end]')?.getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+(V[\d.]+H[\d.]+)+$/);
    expect(graph.querySelector('#shade')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Zoom in' })).toBeNull();
    fireEvent.pointerDown(graph.querySelector('svg[viewBox^="0 0"][style]') ?? graph);
    expect(screen.getByRole('button', { name: 'Zoom in' })).toBeTruthy();
    delete (SVGElement.prototype as { getBBox?: unknown }).getBBox;
  });
});
