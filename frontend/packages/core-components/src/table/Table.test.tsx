import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import { Star } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { expect, it, vi } from 'vitest';
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

it('asks for a page, for an order and for a text, and says how many rows there were', async () => {
  const load = vi.fn(async ({ page }: { page: number }) => ({ data: [{ name: `job ${page}` }], page, totalCount: 40 }));
  const onPageChange = vi.fn();
  renderInTestApp(<Table<Job> title="Jobs" columns={columns} data={load} options={{ pageSize: 20 }} onPageChange={onPageChange} />);
  await screen.findByText('job 0');
  expect(load).toHaveBeenLastCalledWith({ page: 0, pageSize: 20, search: '', orderBy: undefined, orderDirection: '', totalCount: 0 });
  fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
  await screen.findByText('job 1');
  expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ page: 1, totalCount: 40 }));
  expect(onPageChange).toHaveBeenLastCalledWith(1, 20);
  fireEvent.click(screen.getByRole('button', { name: 'Name' }));
  await vi.waitFor(() => expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ page: 0, orderBy: { field: 'name' }, orderDirection: 'asc' })));
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'late' } });
  await vi.waitFor(() => expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ search: 'late' })));
});
