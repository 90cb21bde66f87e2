import { accessibilityViolations, currentPath, mockBreakpoint, renderInTestApp } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import {
  Sidebar,
  SidebarDivider,
  SidebarExpandButton,
  SidebarGroup,
  SidebarItem,
  SidebarPage,
  SidebarScrollWrapper,
  SidebarSearchField,
  SidebarSpace,
  SidebarSpacer,
  SidebarSubmenu,
  SidebarSubmenuItem,
  useContent,
  useSidebarOpenState,
} from '..';

function Logo() {
  return <p>{useSidebarOpenState().isOpen ? 'The whole logo' : 'Logo'}</p>;
}

function PageOf({ onSearch = () => undefined }: { onSearch?(input: string): void }) {
  const { focusContent } = useContent();
  return (
    <>
      <Sidebar>
        <Logo />
        <SidebarSearchField onSearch={onSearch} to="/search" />
        <SidebarDivider />
        <SidebarGroup label="Menu">
          <SidebarItem icon="home" text="Home" to="/" hasNotifications />
          <SidebarItem icon="docs" text="Guide" to="https://example.com" />
          <SidebarScrollWrapper>
            <SidebarItem icon="user" text="Profile" onClick={focusContent} />
          </SidebarScrollWrapper>
          <SidebarItem icon="catalog" text="Catalog">
            <SidebarSubmenu title="Kinds">
              <SidebarSubmenuItem title="APIs" subtitle="all of them" to="/catalog?kind=api" icon="api" />
              <SidebarSubmenuItem title="More" dropdownItems={[{ title: 'Systems', to: '/catalog?kind=system' }]} />
            </SidebarSubmenu>
          </SidebarItem>
        </SidebarGroup>
        <SidebarSpacer />
        <SidebarSpace />
        <SidebarGroup label="Settings" to="/settings" />
        <SidebarExpandButton />
      </Sidebar>
      <h1>The page</h1>
    </>
  );
}

const show = (props: Parameters<typeof PageOf>[0] = {}) =>
  renderInTestApp(
    <SidebarPage>
      <PageOf {...props} />
    </SidebarPage>,
    { config: { organization: { name: 'Acme' } } },
  );

describe('a sidebar that an app puts together itself', () => {
  it('stands beside the page, and axe objects to nothing', async () => {
    show();
    const navigation = within(screen.getByRole('complementary', { name: 'Acme' })).getByRole('navigation', { name: 'Main' });
    expect(within(navigation).getByRole('link', { name: 'Home' }).getAttribute('aria-current')).toBe('page');
    expect(within(navigation).getByRole('link', { name: /Guide.*new tab/ })).toBeTruthy();
    expect(within(navigation).getByRole('link', { name: 'Settings' }).getAttribute('href')).toBe('/settings');
    expect(within(screen.getByRole('main')).getByRole('heading', { name: 'The page' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(within(navigation).getByRole('button', { name: 'Profile' }));
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('opens submenus of links', async () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Catalog' }));
    expect((await screen.findByRole('menuitem', { name: /APIs/ })).getAttribute('href')).toBe('/catalog?kind=api');
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Systems' }));
    expect(currentPath()).toBe('/catalog?kind=system');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('searches on Enter', () => {
    const onSearch = vi.fn();
    show({ onSearch });
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search' }), { target: { value: 'shop' } });
    fireEvent.submit(screen.getByRole('search'));
    expect(onSearch).toHaveBeenCalledWith('shop');
  });

  it('folds to its icons, and stays so', async () => {
    const { unmount } = show();
    expect(screen.getByText('The whole logo')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Fold the sidebar' }));
    expect(screen.getByText('Logo')).toBeTruthy();
    expect((await screen.findByRole('link', { name: 'Search' })).getAttribute('href')).toBe('/search');
    unmount();
    show();
    expect(screen.getByText('Logo')).toBeTruthy();
  });

  it('is a sheet on phones', async () => {
    mockBreakpoint({ matches: true });
    show();
    expect(screen.queryByRole('link', { name: 'Settings' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open the menu' }));
    expect(await screen.findByText('The whole logo')).toBeTruthy();
    fireEvent.click(await screen.findByRole('link', { name: 'Settings' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Settings' })).toBeNull());
    expect(currentPath()).toBe('/settings');
  });

  describe('has groups as apps of Backstage write them', () => {
    const showGroups = () =>
      renderInTestApp(
        <SidebarPage>
          <Sidebar>
            <Logo />
            <SidebarGroup label="Menu" icon={<svg data-testid="menu icon" />}>
              <SidebarItem icon="home" text="Home" to="/" />
            </SidebarGroup>
            <SidebarDivider />
            <>
              <SidebarGroup label="Settings" icon={<svg data-testid="settings icon" />} to="/settings" priority={1}>
                <SidebarItem icon="user" text="Profile" to="/settings/profile" />
              </SidebarGroup>
              <SidebarGroup label="Search" to="/search" priority={10}>
                <SidebarSearchField onSearch={() => undefined} />
              </SidebarGroup>
            </>
          </Sidebar>
        </SidebarPage>,
      );
    const names = () => screen.getAllByRole('group').map(group => group.getAttribute('aria-label'));

    it('that on a phone stand in the order of their priority, as headings and links', async () => {
      mockBreakpoint({ matches: true });
      showGroups();
      fireEvent.click(screen.getByRole('button', { name: 'Open the menu' }));
      expect((await screen.findByRole('link', { name: 'Settings' })).getAttribute('href')).toBe('/settings');
      expect(names()).toEqual(['Search', 'Settings', 'Menu']);
      expect(screen.getByText('Menu')).toBeTruthy();
      expect(screen.getByTestId('menu icon')).toBeTruthy();
      expect(within(screen.getByRole('link', { name: 'Settings' })).getByTestId('settings icon')).toBeTruthy();
      expect(screen.getByRole('link', { name: 'Home' })).toBeTruthy();
      expect(screen.queryByRole('link', { name: 'Profile' })).toBeNull();
      expect(screen.queryByRole('searchbox')).toBeNull();
      expect(await accessibilityViolations()).toEqual([]);
    });

    it('that in a column are their entries, in the order they are written in', () => {
      showGroups();
      expect(names()).toEqual(['Menu', 'Settings', 'Search']);
      expect(screen.queryByText('Menu')).toBeNull();
      expect(screen.getByRole('link', { name: 'Profile' })).toBeTruthy();
      expect(screen.getByRole('searchbox')).toBeTruthy();
      expect(screen.queryByRole('link', { name: 'Settings' })).toBeNull();
    });
  });
});
