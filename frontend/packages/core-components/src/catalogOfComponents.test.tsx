/** The components that plugins written for Backstage use: each by its name there, with what matters of its properties. */
import { accessibilityViolations, currentPath, renderInTestApp } from '@callboard/test-utils';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { describe, expect, it, vi } from 'vitest';
import {
  Avatar,
  BottomLink,
  Breadcrumbs,
  CardTab,
  CodeSnippet,
  Content,
  ContentHeader,
  CopyTextButton,
  CreateButton,
  DependencyGraph,
  DismissableBanner,
  EmptyState,
  ErrorPage,
  Gauge,
  GaugeCard,
  Header,
  HeaderLabel,
  HeaderTabs,
  HorizontalScrollGrid,
  InfoCard,
  ItemCardGrid,
  ItemCardHeader,
  Lifecycle,
  LinearGauge,
  Link,
  LinkButton,
  LogViewer,
  MarkdownContent,
  MissingAnnotationEmptyState,
  OverflowTooltip,
  Page,
  Progress,
  ResponseErrorPanel,
  Select,
  SimpleStepper,
  SimpleStepperStep,
  StatusAborted,
  StatusError,
  StatusOK,
  StatusPending,
  StatusRunning,
  StatusWarning,
  StructuredMetadataTable,
  SupportButton,
  TabbedCard,
  TabbedLayout,
  Table,
  TrendLine,
  WarningPanel,
} from '.';

vi.stubGlobal('ResizeObserver', class {
  observe() {}
  disconnect() {}
});

it('they stand together on a page in which axe finds nothing', async () => {
  renderInTestApp(
    <Page themeId="tool">
      <Header title="Welcome to radar" subtitle="A plugin" type="Tool">
        <HeaderLabel label="Owner" value="Team X" url="/team-x" />
        <HeaderLabel label="Lifecycle" />
      </Header>
      <HeaderTabs tabs={[{ id: 'a', label: 'First' }, { id: 'b', label: 'Second' }]} />
      <Content>
        <Breadcrumbs>
          <Link to="/a">A</Link>
          <span>B</span>
        </Breadcrumbs>
        <ContentHeader title="Plugin title" description="About it">
          <SupportButton>Ask us.</SupportButton>
          <LinkButton to="/create">Create</LinkButton>
          <CreateButton title="New" to="/new" />
        </ContentHeader>
        <WarningPanel title="Careful" message="Something" />
        <ResponseErrorPanel error={new Error('broken')} />
        <ItemCardGrid>
          <InfoCard title="Card" subheader="Sub" deepLink={{ title: 'More', link: '/more' }} action={<Lifecycle alpha />}>
            <ItemCardHeader title="Item" subtitle="Of a grid" />
            <Avatar displayName="Ada Okafor" />
            <OverflowTooltip text="A long text" />
          </InfoCard>
          <GaugeCard title="Coverage" progress={0.87} />
          <InfoCard>
            <TrendLine data={[0.1, 0.5, 0.9]} title="Trend" />
            <LinearGauge value={0.5} label="Half" />
            <BottomLink link="/bottom" title="Bottom" />
          </InfoCard>
        </ItemCardGrid>
        <HorizontalScrollGrid label="Row">
          <StatusOK>fine</StatusOK>
          <StatusWarning>hm</StatusWarning>
          <StatusError>bad</StatusError>
          <StatusPending>soon</StatusPending>
          <StatusRunning>now</StatusRunning>
          <StatusAborted>gone</StatusAborted>
        </HorizontalScrollGrid>
        <StructuredMetadataTable metadata={{ repositoryUrl: 'https://example.com', nested: { deep: [1, true] } }} />
        <CodeSnippet text={'a: 1\n'} language="yaml" showLineNumbers showCopyCodeButton />
        <MarkdownContent content="**bold**" />
        <CopyTextButton text="x" />
        <Progress />
        <EmptyState missing="data" title="Nothing" />
        <MissingAnnotationEmptyState annotation="ci.example.com/slug" readMoreUrl="https://example.com" />
        <DismissableBanner id="news" message="News" />
      </Content>
    </Page>,
  );
  expect(await screen.findByText('bold')).toBeTruthy();
  expect(document.title).toBe('Welcome to radar');
  expect(screen.getByText('ci.example.com/slug', { exact: false, selector: 'div' })).toBeTruthy();
  expect(screen.getByRole('meter', { name: 'Coverage' }).getAttribute('aria-valuetext')).toBe('87%');
  expect(screen.getByRole('img', { name: 'Ada Okafor' }).textContent).toBe('AO');
  expect(await accessibilityViolations()).toEqual([]);
});

describe('Table', () => {
  interface Build {
    id: string;
    name: string;
    status: string;
    seconds: number;
  }
  const builds: Build[] = Array.from({ length: 45 }, (_, index) => ({
    id: String(index),
    name: `build ${index}`,
    status: index % 3 === 0 ? 'failed' : 'passed',
    seconds: 100 - index,
  }));
  const columns = [
    { title: 'Name', field: 'name', highlight: true },
    { title: 'Status', field: 'status' },
    { title: 'Seconds', field: 'seconds', type: 'numeric' as const, render: (build: Build) => `${build.seconds} s` },
    { title: 'Secret', field: 'id', hidden: true },
  ];
  const names = () => screen.getAllByRole('row').slice(1).map(row => within(row).getAllByRole('cell')[0]?.textContent);

  it('searches, filters, sorts and turns pages', async () => {
    renderInTestApp(
      <Table<Build>
        title="Builds"
        columns={columns}
        data={builds}
        options={{ pageSize: 10, pageSizeOptions: [10, 50] }}
        filters={[{ column: 'Status', type: 'select' }]}
      />,
    );
    expect(names()).toHaveLength(10);
    expect(screen.getByText('1 to 10 of 45')).toBeTruthy();
    expect(screen.queryByRole('columnheader', { name: 'Secret' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(names()[0]).toBe('build 10');
    fireEvent.click(screen.getByRole('button', { name: 'Seconds' }));
    expect(names()[0]).toBe('build 44');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'build 4' } });
    expect(names()).toEqual(['build 44', 'build 43', 'build 42', 'build 41', 'build 40', 'build 4']);
    fireEvent.mouseDown(screen.getByRole('combobox', { name: /Status/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'failed' }));
    expect(names()).toEqual(['build 42']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing' } });
    expect(screen.getByText('No records to display')).toBeTruthy();
  });

  it('opens the details of a row', async () => {
    renderInTestApp(
      <Table<Build> title="Builds" columns={columns} data={builds} detailPanel={({ rowData }) => `All of ${rowData.name}`} />,
    );
    fireEvent.click(screen.getAllByRole('button', { name: 'Show details' })[1] as HTMLElement);
    expect(screen.getByText('All of build 1')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('gets its rows page by page, and says when it cannot', async () => {
    let broken = true;
    const load = vi.fn(async ({ page, pageSize }: { page: number; pageSize: number }) => {
      if (broken) {
        throw Object.assign(new Error('The builds are away'), { status: 500 });
      }
      return { data: builds.slice(page * pageSize, (page + 1) * pageSize), page, totalCount: builds.length };
    });
    renderInTestApp(<Table<Build> columns={columns} data={load} />);
    expect(await screen.findByText('The builds are away')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('build 0')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('build 20')).toBeTruthy();
  });
});

describe('tabs', () => {
  it('of a layout have paths of their own', async () => {
    renderInTestApp(
      <Routes>
        <Route
          path="/tool/*"
          element={
            <TabbedLayout>
              <TabbedLayout.Route path="/" title="One">
                <p>The first</p>
              </TabbedLayout.Route>
              <TabbedLayout.Route path="/two" title="Two">
                <p>The second</p>
              </TabbedLayout.Route>
            </TabbedLayout>
          }
        />
      </Routes>,
      { path: '/tool' },
    );
    expect(screen.getByText('The first')).toBeTruthy();
    fireEvent.click(screen.getByRole('link', { name: 'Two' }));
    expect(await screen.findByText('The second')).toBeTruthy();
    expect(currentPath()).toBe('/tool/two');
    expect(screen.getByRole('link', { name: 'Two' }).getAttribute('aria-current')).toBe('page');
    fireEvent.click(screen.getByRole('link', { name: 'One' }));
    await waitFor(() => expect(currentPath()).toBe('/tool/'));
  });

  it('of a card switch its content', () => {
    renderInTestApp(
      <TabbedCard title="Card">
        <CardTab label="A">a</CardTab>
        <CardTab label="B">b</CardTab>
      </TabbedCard>,
    );
    fireEvent.click(screen.getByRole('tab', { name: 'B' }));
    expect(screen.getByRole('tabpanel').textContent).toBe('b');
  });
});

describe('DependencyGraph', () => {
  const nodes = [{ id: 'shop' }, { id: 'cart' }, { id: 'ledger' }];
  const edges = [
    { from: 'shop', to: 'cart', label: 'calls' },
    { from: 'cart', to: 'ledger' },
    { from: 'cart', to: 'nowhere' },
  ];

  it('draws nodes and arrows, and has them as a table', async () => {
    renderInTestApp(<DependencyGraph nodes={nodes} edges={edges} direction="LR" label="Services" />);
    const graph = await screen.findByRole('group', { name: 'Services' });
    expect(graph.querySelectorAll('path[marker-end]')).toHaveLength(2);
    expect(within(graph).getByText('ledger')).toBeTruthy();
    const x = (id: string) => Number(/translate\(([\d.]+)/.exec(within(graph).getByText(id).closest('g[transform]')?.getAttribute('transform') ?? '')?.[1]);
    expect(x('shop')).toBeLessThan(x('cart'));
    expect(x('cart')).toBeLessThan(x('ledger'));
    fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    expect(screen.getByRole('row', { name: 'shop calls cart' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('says so when there is nothing to draw', async () => {
    renderInTestApp(<DependencyGraph nodes={[]} edges={[]} />);
    expect(await screen.findByText('There is nothing to draw.')).toBeTruthy();
  });
});

describe('LogViewer', () => {
  const log = Array.from({ length: 5000 }, (_, index) => `step ${index} \u001b[31m${index % 1000 === 7 ? 'failed' : 'ok'}\u001b[0m`).join('\n');

  it('shows what is in view of a long log, in its colours', async () => {
    renderInTestApp(<LogViewer text={log} />);
    expect(screen.getAllByRole('button', { name: /^Line / }).length).toBeLessThan(200);
    expect(screen.getByText('failed').className).toContain('red');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('searches, filters and links to lines', () => {
    renderInTestApp(<LogViewer text={log} />);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'FAILED' } });
    expect(screen.getByText('5 lines')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Only matching lines' }));
    expect(screen.getAllByRole('button', { name: /^Line / }).map(({ textContent }) => textContent)).toEqual(['8', '1008', '2008', '3008', '4008']);
    fireEvent.click(screen.getByRole('button', { name: 'Line 1008' }));
    expect(screen.getByText('step 1007', { exact: false }).closest('[data-marked]')).toBeDefined();
  });
});

describe('CodeSnippet', () => {
  it('colours a language it knows, escapes what could be HTML, and marks lines', async () => {
    // What waits for a language is only shown when React is told that the test waits too.
    await act(async () => {
      renderInTestApp(<CodeSnippet text={'const a = "<b>";\n// x'} language="ts" highlightedNumbers={[2]} />);
    });
    await waitFor(() => expect(document.querySelector('.hljs-keyword')?.textContent).toBe('const'));
    expect(document.querySelector('pre b')).toBeNull();
    expect(document.querySelector('[data-marked]')?.textContent).toBe('// x\n');
  });

  it('shows what it does not know as it is', async () => {
    renderInTestApp(<CodeSnippet text="plain" language="klingon" />);
    expect(await screen.findByText('plain')).toBeTruthy();
  });
});

describe('the rest', () => {
  it('Select chooses one or several', async () => {
    const onChange = vi.fn();
    const items = [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }];
    renderInTestApp(
      <>
        <Select label="One" native items={items} onChange={onChange} />
        <Select label="Many" multiple items={items} onChange={onChange} />
      </>,
    );
    fireEvent.change(screen.getByLabelText('One'), { target: { value: 'b' } });
    expect(onChange).toHaveBeenLastCalledWith('b');
    fireEvent.mouseDown(screen.getByRole('combobox', { name: /Many/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'A' }));
    fireEvent.click(screen.getByRole('option', { name: 'B' }));
    expect(onChange).toHaveBeenLastCalledWith(['a', 'b']);
  });

  it('SimpleStepper leads from step to step', () => {
    const onFinish = vi.fn();
    renderInTestApp(
      <SimpleStepper>
        <SimpleStepperStep title="First">one</SimpleStepperStep>
        <SimpleStepperStep title="Second" actions={{ onNext: onFinish, nextText: 'Do it' }}>
          two
        </SimpleStepperStep>
        <SimpleStepperStep title="Done" end>
          three
        </SimpleStepperStep>
      </SimpleStepper>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    fireEvent.click(screen.getByRole('button', { name: 'Do it' }));
    expect(onFinish).toHaveBeenCalledTimes(1);
    expect(screen.getByText('three')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('SupportButton says what the configuration names', async () => {
    const items = [{ title: 'Chat', icon: 'chat', links: [{ url: 'https://chat.example', title: '#help' }] }];
    renderInTestApp(<SupportButton />, { config: { app: { support: { items } } } });
    fireEvent.click(screen.getByRole('button', { name: 'Support' }));
    expect(await screen.findByRole('link', { name: '#help, opens in a new tab' })).toBeTruthy();
  });

  it('SupportButton leads to the address that the configuration has, where that names nobody', async () => {
    renderInTestApp(<SupportButton />, { config: { app: { support: { url: 'https://help.example' } } } });
    fireEvent.click(screen.getByRole('button', { name: 'Support' }));
    expect((await screen.findByRole('link')).getAttribute('href')).toBe('https://help.example');
  });

  it('a banner that was put away stays away', () => {
    const { unmount } = renderInTestApp(<DismissableBanner id="news" message="News" />);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('News')).toBeNull();
    unmount();
    renderInTestApp(<DismissableBanner id="news" message="News" />);
    expect(screen.queryByText('News')).toBeNull();
  });

  it.each([
    [0.9, false, 'success'],
    [0.9, true, 'danger'],
    [0.5, false, 'warning'],
    [NaN, false, 'danger'],
  ])('a gauge of %d, inverse %s, is %s', (value, inverse, tone) => {
    renderInTestApp(<Gauge value={value} inverse={inverse} label="x" />);
    expect(screen.getByRole('meter').querySelector(`circle[class*="${tone}"]`)).toBeTruthy();
  });

  it('ErrorPage says what happened and leads home', () => {
    renderInTestApp(<ErrorPage status="404" statusMessage="Not here" />);
    expect(screen.getByRole('heading', { name: '404 Not here' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Go to the catalog' })).toBeTruthy();
  });
});
