import GlobalStyles from '@mui/material/GlobalStyles';
import { StyledEngineProvider, ThemeProvider } from '@mui/material/styles';
import { useMemo, type ReactNode } from 'react';
import { cssVariables } from './cssVariables';
import { createMuiTheme } from './muiTheme';
import type { Theme } from './tokens';

/** Puts a look on everything below: custom properties for the portal's components, a theme for Material UI's. */
export function CallboardThemeProvider({ theme, children }: { theme: Theme; children?: ReactNode }) {
  const { muiTheme, styles } = useMemo(
    () => ({
      muiTheme: createMuiTheme(theme.variant, theme.colors),
      styles: { ':root': { colorScheme: theme.variant, ...cssVariables(theme.colors) } },
    }),
    [theme],
  );

  // Material UI puts its styles first in the page. In a layer, whose place is fixed before any is made, they still win
  // over the base style sheet and yield to the portal's components. Below all is what the page shows before the app is there.
  return (
    <StyledEngineProvider enableCssLayer>
      <GlobalStyles styles="@layer first, base, mui;" />
      <ThemeProvider theme={muiTheme}>
        <GlobalStyles styles={styles} />
        {children}
      </ThemeProvider>
    </StyledEngineProvider>
  );
}
