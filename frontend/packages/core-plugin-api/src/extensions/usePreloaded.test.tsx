import { act, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlugin } from '../plugin/createPlugin';
import { createComponentExtension } from './extensions';
import { usePreloaded } from './usePreloaded';

const plugin = createPlugin({ id: 'cards' });

/** An extension that is there when `arrive` is called. */
function extension(name: string) {
  let arrive = () => {};
  const coming = new Promise<() => string>(resolve => (arrive = () => resolve(() => name)));
  const Extension = plugin.provide(createComponentExtension({ name, component: { lazy: () => coming } }));
  return { element: <Extension />, arrive };
}

function Shown({ elements }: { elements: readonly ReactElement[] }) {
  return <p>{usePreloaded(elements) ? 'there' : 'awaited'}</p>;
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe('usePreloaded', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits until all are there', async () => {
    const [first, second] = [extension('First'), extension('Second')];
    render(<Shown elements={[first.element, second.element]} />);
    first.arrive();
    await pass(100);
    expect(screen.getByText('awaited')).toBeTruthy();
    second.arrive();
    await pass(0);
    expect(screen.getByText('there')).toBeTruthy();
  });

  it('does not wait for long', async () => {
    render(<Shown elements={[extension('Late').element]} />);
    await pass(1000);
    expect(screen.getByText('there')).toBeTruthy();
  });

  it('waits again for others', async () => {
    const late = extension('Late');
    const { rerender } = render(<Shown elements={[<p key="plain" />]} />);
    await pass(0);
    expect(screen.getByText('there')).toBeTruthy();
    rerender(<Shown elements={[late.element]} />);
    expect(screen.getByText('awaited')).toBeTruthy();
    late.arrive();
    await pass(0);
    expect(screen.getByText('there')).toBeTruthy();
  });
});
