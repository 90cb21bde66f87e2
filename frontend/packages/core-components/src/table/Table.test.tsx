import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import { Star } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { Table } from './Table';

interface Job {
  name: string;
  log?: string;
}
const jobs: Job[] = [{ name: 'build' }, { name: 'test' }, { name: 'publish' }];
const columns = [
  { title: 'Name', field: 'name' },
  { title: 'Log', render: ({ name }: Job) => <a href={`#${name}`}>log of {name}</a> },
];
const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) });

it('a click on a row does something, or Enter, and one on its links does not', async () => {
  const onRowClick = vi.fn();
  renderInTestApp(<Table title="Jobs" columns={columns} data={jobs} onRowClick={onRowClick} />);
  fireEvent.click(within(row('test')).getByText('test'));
  expect(onRowClick).toHaveBeenLastCalledWith(expect.anything(), jobs[1], expect.any(Function));
  fireEvent.keyDown(row('build'), { key: 'Enter' });
  expect(onRowClick).toHaveBeenLastCalledWith(expect.anything(), jobs[0], expect.any(Function));
  fireEvent.click(within(row('test')).getByRole('link'));
  expect(onRowClick).toHaveBeenCalledTimes(2);
  expect(await accessibilityViolations()).toEqual([]);
});

it('a click on a row may open its details', () => {
  renderInTestApp(
    <Table<Job>
      title="Jobs"
      columns={columns}
      data={jobs}
      detailPanel={[{ render: ({ rowData }) => `All of ${rowData.name}` }]}
      onRowClick={(_event, _job, toggleDetail) => toggleDetail()}
    />,
  );
  fireEvent.click(screen.getByText('publish'));
  expect(screen.getByText('All of publish')).toBeTruthy();
  fireEvent.click(screen.getByText('publish'));
  expect(screen.queryByText('All of publish')).toBeNull();
});

it('rows can be selected, and something done with those', async () => {
  const [onSelectionChange, restart, refresh] = [vi.fn(), vi.fn(), vi.fn()];
  renderInTestApp(
    <Table<Job>
      title="Jobs"
      columns={columns}
      data={jobs}
      options={{ selection: true, pageSize: 2 }}
      onSelectionChange={onSelectionChange}
      actions={[
        { icon: () => <Star />, tooltip: 'Restart', onClick: restart },
        { icon: Star, tooltip: 'Refresh', isFreeAction: true, onClick: refresh },
      ]}
    />,
  );
  expect(screen.queryByRole('button', { name: 'Restart' })).toBeNull();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select test' }));
  expect(onSelectionChange).toHaveBeenLastCalledWith([jobs[1]], jobs[1]);
  fireEvent.click(screen.getByRole('button', { name: 'Restart' }));
  expect(restart).toHaveBeenCalledWith(expect.anything(), [jobs[1]]);
  expect(await accessibilityViolations()).toEqual([]);

  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all' }));
  expect(onSelectionChange).toHaveBeenLastCalledWith(jobs, undefined);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all' }));
  expect(onSelectionChange).toHaveBeenLastCalledWith([], undefined);
  expect(screen.getByRole('button', { name: 'Refresh' })).toBeTruthy();
});

it('rows stay selected when they come as other objects', () => {
  function Jobs() {
    const [selected, setSelected] = useState<Job[]>([]);
    return (
      <>
        <p>Chosen: {selected.map(({ name }) => name).join(', ')}</p>
        <Table<Job & { id: string }>
          title="Jobs"
          columns={columns}
          data={jobs.map(job => ({ ...job, id: job.name }))}
          options={{ selection: true }}
          onSelectionChange={setSelected}
        />
      </>
    );
  }
  renderInTestApp(<Jobs />);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select test' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select build' }));
  expect(screen.getByText('Chosen: test, build')).toBeTruthy();
  expect(screen.getByRole('checkbox', { name: 'Select test' })).toHaveProperty('checked', true);
});

it('a click in a menu that a row opened is none on the row', () => {
  const onRowClick = vi.fn();
  const withMenu = [...columns, { title: 'Menu', render: () => createPortal(<p>Stop</p>, document.body) }];
  renderInTestApp(<Table<Job> title="Jobs" columns={withMenu} data={jobs.slice(0, 1)} onRowClick={onRowClick} />);
  fireEvent.click(screen.getByText('Stop'));
  expect(onRowClick).not.toHaveBeenCalled();
});

it('says what it is, or not, as its options want it', () => {
  renderInTestApp(
    <Table<Job>
      title="Jobs"
      columns={columns}
      data={jobs}
      style={{ maxWidth: 400 }}
      options={{ toolbar: false, header: false, rowStyle: ({ name }) => ({ opacity: name === 'test' ? 0.5 : 1 }), loadingType: 'linear', padding: 'dense' }}
      components={{ Toolbar: () => null }}
    />,
  );
  expect(screen.queryByRole('heading', { name: 'Jobs' })).toBeNull();
  expect(screen.queryByRole('searchbox')).toBeNull();
  expect(screen.queryByRole('columnheader')).toBeNull();
  expect(row('test').style.opacity).toBe('0.5');
  expect(screen.getByRole('region', { name: 'Jobs' }).style.maxWidth).toBe('400px');
});

describe('filters of columns', () => {
  interface Run extends Job {
    status: string;
    tries: number;
  }
  const runs: Run[] = [
    { name: 'build web', status: 'ok', tries: 1 },
    { name: 'build docs', status: 'bad', tries: 11 },
    { name: 'test web', status: 'ok', tries: 11 },
  ];
  const filtered = [
    { title: 'Name', field: 'name', filterPlaceholder: 'A part of it' },
    { title: 'Status', field: 'status', lookup: { ok: 'Passed', bad: 'Failed' } },
    { title: 'Tries', field: 'tries', type: 'numeric' as const },
    { title: 'Log', field: 'name', id: 'log', filtering: false },
  ];
  const names = () => screen.getAllByRole('row').slice(1).map(one => within(one).getAllByRole('cell')[0]?.textContent);
  const filters = () => within(screen.getByRole('group', { name: 'Filters of the columns' }));

  it('let through what has a text in it, a value, or a number', async () => {
    renderInTestApp(<Table<Run> title="Runs" columns={filtered} data={runs} options={{ filtering: true }} />);
    expect(filters().queryByRole('textbox', { name: 'Log' })).toBeNull();
    fireEvent.change(filters().getByPlaceholderText('A part of it'), { target: { value: ' WEB' } });
    expect(names()).toEqual(['build web', 'test web']);
    fireEvent.change(filters().getByRole('textbox', { name: 'Tries' }), { target: { value: '1' } });
    expect(names(), '11 is another number').toEqual(['build web']);
    fireEvent.change(filters().getByRole('textbox', { name: 'Tries' }), { target: { value: '' } });
    fireEvent.change(filters().getByRole('textbox', { name: 'Name' }), { target: { value: '' } });
    fireEvent.change(filters().getByRole('combobox', { name: 'Status' }), { target: { value: 'bad' } });
    expect(names()).toEqual(['build docs']);
    expect(screen.getByRole('cell', { name: 'Failed' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('begin with what their columns say, and decide as those want', () => {
    const own = { title: 'Tries', field: 'tries', defaultFilter: 'many', customFilterAndSearch: (_query: unknown, { tries }: Run) => tries > 10 };
    renderInTestApp(<Table<Run> title="Runs" columns={[filtered[0] as object, own]} data={runs} options={{ filtering: true }} />);
    expect(names()).toEqual(['build docs', 'test web']);
    expect(filters().getByRole('textbox', { name: 'Tries' })).toHaveProperty('value', 'many');
  });

  it('are asked for where the rows are elsewhere', async () => {
    const load = vi.fn(async () => ({ data: runs, page: 0, totalCount: 3 }));
    renderInTestApp(<Table<Run> title="Runs" columns={filtered} data={load} options={{ filtering: true }} />);
    fireEvent.change(filters().getByRole('combobox', { name: 'Status' }), { target: { value: 'ok' } });
    const question = { filters: [{ column: { field: 'status' }, operator: '=', value: 'ok' }] };
    await vi.waitFor(() => expect(load).toHaveBeenLastCalledWith(expect.objectContaining(question)));
  });
});

it('asks for a page, for an order and for a text, and says how many rows there were', async () => {
  const load = vi.fn(async ({ page }: { page: number }) => ({ data: [{ name: `job ${page}` }], page, totalCount: 40 }));
  const onPageChange = vi.fn();
  renderInTestApp(<Table<Job> title="Jobs" columns={columns} data={load} options={{ pageSize: 20 }} onPageChange={onPageChange} />);
  await screen.findByText('job 0');
  expect(load).toHaveBeenLastCalledWith({ page: 0, pageSize: 20, search: '', orderBy: undefined, orderDirection: '', filters: [], totalCount: 0 });
  fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
  await screen.findByText('job 1');
  expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ page: 1, totalCount: 40 }));
  expect(onPageChange).toHaveBeenLastCalledWith(1, 20);
  fireEvent.click(screen.getByRole('button', { name: 'Name' }));
  await vi.waitFor(() => expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ page: 0, orderBy: { field: 'name' }, orderDirection: 'asc' })));
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'late' } });
  await vi.waitFor(() => expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ search: 'late' })));
});
