import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { alertApiRef, useApi, useApp } from '@callboard/core-plugin-api';
import { Library } from 'lucide-react';
import { useState } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { describe, expect, it, vi } from 'vitest';
import { Breakable, CodeBlock, ErrorPanel, isScriptUrl, Link, PathLink, useHotkey, AppShell } from '.';

describe('Breakable', () => {
  it('lets a line end after a separator, and changes no letter', () => {
    const { container } = render(<Breakable>url:https://example.com/a/b?c=d</Breakable>);
    expect(container.textContent).toBe('url:https://example.com/a/b?c=d');
    expect(container.innerHTML).toBe('url:https://<wbr>example.com/<wbr>a/<wbr>b?<wbr>c=d');
  });
});

describe('links', () => {
  it.each(['javascript:alert(1)', ' java\nscript:alert(1)', '\u0001JAVASCRIPT:x'])('never run %j', url => {
    expect(isScriptUrl(url)).toBe(true);
  });

  it('tell when they lead out of the portal', () => {
    renderInTestApp(
      <>
        <Link to="https://example.com">Out</Link>
        <Link to="/inside">In</Link>
      </>,
    );
    expect(screen.getByRole('link', { name: 'Out, opens in a new tab' }).getAttribute('target')).toBe('_blank');
    expect(screen.getByRole('link', { name: 'In' }).getAttribute('target')).toBeNull();
  });

  it('lead on in the same page, unless one wants another tab or the page has its own idea', () => {
    const where = () => screen.getByTestId('where').textContent;
    const Where = () => <p data-testid="where">{useLocation().pathname}</p>;
    render(
      <MemoryRouter basename="/portal" initialEntries={['/portal/here']}>
        <Where />
        <PathLink to="/there?a=b#c">There</PathLink>
        <PathLink to="/refused" onClick={event => event.preventDefault()}>Refused</PathLink>
      </MemoryRouter>,
    );
    const link = screen.getByRole('link', { name: 'There' });
    expect(link.getAttribute('href')).toBe('/portal/there?a=b#c');
    expect(fireEvent.click(link, { ctrlKey: true })).toBe(true);
    fireEvent.click(screen.getByRole('link', { name: 'Refused' }));
    expect(where()).toBe('/here');
    expect(fireEvent.click(link)).toBe(false);
    expect(where()).toBe('/there');
  });
});

describe('errors', () => {
  it('say what happened in words a person can use', () => {
    const denied = Object.assign(new Error('nope'), { status: 403 });
    const internal = Object.assign(new Error('An internal error occurred'), { status: 500, logId: 'ab12' });
    renderInTestApp(
      <>
        <ErrorPanel error={denied} />
        <ErrorPanel error={new TypeError('Failed to fetch')} />
        <ErrorPanel error={internal} />
      </>,
    );
    expect(screen.getByText(/You are not allowed to see this/)).toBeTruthy();
    expect(screen.getByText(/The portal cannot be reached/)).toBeTruthy();
    expect(screen.getByText('ab12')).toBeTruthy();
  });
});

it('an icon of the app takes the sizes of text', () => {
  function Icons() {
    const Icon = useApp().getSystemIcon('catalog');
    return Icon && <Icon fontSize="small" className="small" />;
  }
  renderInTestApp(<Icons />);
  expect(document.querySelector('svg.small')?.getAttribute('font-size')).toBe('small');
});

describe('hotkeys', () => {
  function Keys({ onKey }: { onKey(): void }) {
    useHotkey(['j'], 'Next', onKey);
    return <input aria-label="text" />;
  }

  it('do nothing while text is typed', () => {
    const onKey = vi.fn();
    render(<Keys onKey={onKey} />);
    fireEvent.keyDown(screen.getByLabelText('text'), { key: 'j' });
    expect(onKey).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(onKey).toHaveBeenCalledTimes(1);
  });

  it('end with the component', () => {
    const onKey = vi.fn();
    render(<Keys onKey={onKey} />).unmount();
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(onKey).not.toHaveBeenCalled();
  });
});

describe('code', () => {
  it('keeps every character of the text', () => {
    const text = 'a: "x: y"\n- b:\n    - 1\n# c: d\n';
    const { container } = render(<CodeBlock text={text} language="yaml" label="Sample" />);
    expect(container.querySelector('pre')?.textContent).toBe(text);
  });
});

describe('the shell', () => {
  function Page() {
    const alertApi = useApi(alertApiRef);
    const [count, setCount] = useState(0);
    return (
      <button
        type="button"
        onClick={() => {
          setCount(count + 1);
          alertApi.post({ message: 'Saved', severity: 'success' });
        }}
      >
        Save
      </button>
    );
  }

  function renderShell() {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 503 }));
    const navigation = [{ items: [{ label: 'Catalog', icon: Library, to: '/catalog' }] }];
    return renderInTestApp(
      <AppShell navigation={navigation} renderSearch={() => <p>The search</p>}>
        <Page />
      </AppShell>,
      { path: '/catalog', config: { organization: { name: 'Acme' } } },
    );
  }

  it('has landmarks, a way past them, and nothing axe objects to', async () => {
    renderShell();
    expect(screen.getByRole('link', { name: 'Skip to content' }).getAttribute('href')).toBe('#content');
    expect(screen.getByRole('main')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Catalog' }).getAttribute('aria-current')).toBe('page');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('opens search by Ctrl+K and by the slash', () => {
    renderShell();
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    expect(screen.getByText('The search')).toBeTruthy();
  });

  it('lists the keys at ?', async () => {
    renderShell();
    fireEvent.keyDown(document.body, { key: '?' });
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
    expect(screen.getByText('Search the catalog')).toBeTruthy();
  });

  it('shows alerts and lets them be dismissed', async () => {
    renderShell();
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByText('Saved')).toBeNull());
  });

  it('remembers that the sidebar is folded', async () => {
    const { unmount } = renderShell();
    fireEvent.click(screen.getByRole('button', { name: 'Fold the sidebar' }));
    unmount();
    renderShell();
    expect(await screen.findByRole('button', { name: 'Unfold the sidebar' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('folds the sidebar by itself on a small screen, unless somebody unfolds it', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(max-width: 959px)', addEventListener: vi.fn(), removeEventListener: vi.fn() }));
    const { unmount } = renderShell();
    fireEvent.click(screen.getByRole('button', { name: 'Unfold the sidebar' }));
    unmount();
    renderShell();
    expect(await screen.findByRole('button', { name: 'Fold the sidebar' })).toBeTruthy();
  });

  it('changes the look and remembers it', async () => {
    renderShell();
    fireEvent.click(screen.getByRole('button', { name: /Signed in as\s*Guest/ }));
    fireEvent.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
    await waitFor(() => expect(document.head.textContent).toContain('color-scheme:dark'));
    expect(localStorage.getItem('theme')).toBe('dark');
  });
});
