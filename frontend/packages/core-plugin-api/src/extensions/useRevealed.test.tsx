import { act, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlugin } from '../plugin/createPlugin';
import { createComponentExtension } from './extensions';
import { useRevealed } from './useRevealed';

const plugin = createPlugin({ id: 'cards' });

/** An extension that is there when `arrive` is called. */
function extension(name: string) {
  let arrive = () => {};
  const coming = new Promise<() => string>(resolve => (arrive = () => resolve(() => name)));
  const Extension = plugin.provide(createComponentExtension({ name, component: { lazy: () => coming } }));
  return { element: <Extension />, arrive };
}

function Shown({ elements, first }: { elements: readonly ReactElement[]; first?: number }) {
  return <p>{useRevealed(elements, first)} shown</p>;
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe('useRevealed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits until all are there, except for the first', async () => {
    const [first, second] = [extension('First'), extension('Second')];
    render(<Shown elements={[first.element, second.element]} first={1} />);
    first.arrive();
    await pass(100);
    expect(screen.getByText('1 shown')).toBeTruthy();
    second.arrive();
    await pass(0);
    expect(screen.getByText('2 shown')).toBeTruthy();
  });

  it('does not wait for long', async () => {
    render(<Shown elements={[extension('Late').element, <p key="plain" />]} />);
    expect(screen.getByText('0 shown')).toBeTruthy();
    await pass(1000);
    expect(screen.getByText('2 shown')).toBeTruthy();
  });

  it('shows one after the other', async () => {
    const counts: number[] = [];
    function Counted() {
      counts.push(useRevealed([<p key="a" />, <p key="b" />, <p key="c" />]));
      return null;
    }
    render(<Counted />);
    await pass(0);
    expect([...new Set(counts)]).toEqual([0, 1, 2, 3]);
  });

  it('does not hide what is shown for others that are added', async () => {
    const { rerender } = render(<Shown elements={[<p key="plain" />]} />);
    await pass(0);
    rerender(<Shown elements={[<p key="plain" />, extension('Late').element]} />);
    await pass(0);
    expect(screen.getByText('2 shown')).toBeTruthy();
  });
});
