import type { ComponentProps } from 'react';
import { Header } from './Header';
import { Page } from './Page';

/** A page with its head. */
export function PageWithHeader({ themeId, children, ...header }: ComponentProps<typeof Header> & { themeId: string }) {
  return (
    <Page themeId={themeId}>
      <Header {...header} />
      {children}
    </Page>
  );
}
