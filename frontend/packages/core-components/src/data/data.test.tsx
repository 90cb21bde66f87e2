import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ConfirmDialog, DataTable, Markdown, SearchInput, SegmentedControl, Sparkline, Time } from '..';

const columns = [
  { id: 'name', title: 'Name', sortable: true, render: (row: string) => <a href={`#${row}`}>{row}</a> },
  { id: 'length', title: 'Length', align: 'right' as const, render: (row: string) => row.length },
];

describe('tables', () => {
  it('sort by a click on a head, and the other way by another', () => {
    const onSort = vi.fn();
    const table = (order: 'asc' | 'desc') => (
      <DataTable label="Words" columns={columns} rows={['a']} rowKey={row => row} sort={{ column: 'name', order }} onSort={onSort} />
    );
    const { rerender } = render(table('asc'));
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(onSort).toHaveBeenLastCalledWith({ column: 'name', order: 'desc' });
    rerender(table('desc'));
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(onSort).toHaveBeenLastCalledWith({ column: 'name', order: 'asc' });
  });

  it('are walked through with j and k', async () => {
    const { container } = render(<DataTable label="Words" columns={columns} rows={['a', 'b']} rowKey={row => row} />);
    fireEvent.keyDown(document.body, { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(document.activeElement?.textContent).toBe('b');
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(document.activeElement?.textContent).toBe('a');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('keep the place of rows that are on their way', () => {
    render(<DataTable label="Words" columns={columns} rows={undefined} rowKey={row => row} skeletonRows={3} />);
    expect(screen.getAllByRole('row')).toHaveLength(4);
    expect(screen.getByRole('table').parentElement?.getAttribute('aria-busy')).toBe('true');
  });
});

describe('times', () => {
  it('show nothing for what is no date', () => {
    expect(render(<Time at="soon" />).container.textContent).toBe('');
  });
});

describe('markdown', () => {
  it('is shown without running anything of it', async () => {
    const text = 'Some **bold** [bad](javascript:alert(1)) [good](https://example.com) <img src=x onerror=alert(1)>';
    const { container } = renderInTestApp(<Markdown>{text}</Markdown>);
    await waitFor(() => expect(container.querySelector('strong')?.textContent).toBe('bold'));
    expect(container.querySelector('img')).toBeNull();
    expect([...container.querySelectorAll('a')].map(link => link.getAttribute('href'))).toEqual(['https://example.com']);
  });
});

it('filters and choices tell what was typed and chosen', async () => {
  const [onType, onChoose] = [vi.fn(), vi.fn()];
  const { container } = render(
    <>
      <SearchInput label="Search words" value="x" onChange={onType} />
      <SegmentedControl label="Which" value="a" onChange={onChoose} segments={[{ value: 'a', label: 'A' }, { value: 'b', label: 'B', count: 2 }]} />
      <Sparkline label="Rises from 20 to 90" values={[0.2, 0.9]} />
    </>,
  );
  fireEvent.keyDown(document.body, { key: 'f' });
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' });
  expect(onType).toHaveBeenCalledWith('');
  fireEvent.click(screen.getByRole('button', { name: 'B 2' }));
  expect(onChoose).toHaveBeenCalledWith('b');
  expect(screen.getByRole('button', { name: 'A' }).getAttribute('aria-pressed')).toBe('true');
  expect(await accessibilityViolations(container)).toEqual([]);
});

it('asks before it acts, and says what went wrong', () => {
  const [onConfirm, onClose] = [vi.fn(), vi.fn()];
  renderInTestApp(
    <ConfirmDialog title="Delete it?" action="Delete" danger error={new Error('It is in use')} onConfirm={onConfirm} onClose={onClose} />,
  );
  expect(screen.getByRole('alert').textContent).toContain('It is in use');
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect([onConfirm.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
});
