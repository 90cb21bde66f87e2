import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation, useNavigate } from 'react-router-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useQueryParamState } from '..';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function show(address: string) {
  const { result } = renderHook(
    () => ({ state: useQueryParamState<string | string[]>('tag'), search: useLocation().search, navigate: useNavigate() }),
    { wrapper: ({ children }: { children: ReactNode }) => <MemoryRouter initialEntries={['/before', address]}>{children}</MemoryRouter> },
  );
  return {
    value: () => result.current.state[0],
    set: (value: string | string[] | undefined) => act(() => result.current.state[1](value)),
    search: () => result.current.search,
    go: (to: string | number) => act(() => void result.current.navigate(to as string)),
  };
}

it('is what the address says: nothing, a value, or a list', () => {
  expect(show('/').value()).toBeUndefined();
  expect(show('/?tag=java').value()).toBe('java');
  expect(show('/?tag=java&tag=rust').value()).toEqual(['java', 'rust']);
});

it('is in the address when it has not changed for a moment, beside what else is there', () => {
  const shown = show('/?sort=name&tag=java');
  shown.set(['a', 'b']);
  shown.set(['a', 'b & c']);
  expect(shown.value()).toEqual(['a', 'b & c']);
  expect(shown.search()).toBe('?sort=name&tag=java');
  act(() => void vi.advanceTimersByTime(250));
  expect(shown.search()).toBe('?sort=name&tag=a&tag=b+%26+c');
  shown.set(undefined);
  act(() => void vi.advanceTimersByTime(250));
  expect(shown.search()).toBe('?sort=name');
});

it('goes by a link and by the history, in which it is no step of its own', () => {
  const shown = show('/?tag=java');
  shown.go('/?tag=rust');
  expect(shown.value()).toBe('rust');
  shown.set('go');
  act(() => void vi.advanceTimersByTime(250));
  expect(shown.search()).toBe('?tag=go');
  shown.go(-1);
  expect(shown.value()).toBe('java');
});
