import GlobalStyles from '@mui/material/GlobalStyles';
import { StyledEngineProvider, ThemeProvider } from '@mui/material/styles';
import { useMemo, type ReactNode } from 'react';
import { cssVariables } from './cssVariables';
import { createMuiTheme } from './muiTheme';
import { themes, type ThemeId } from './tokens';

/** Puts a look on everything below: custom properties for the portal's components, a theme for Material UI's. */
export function CallboardThemeProvider({ themeId, children }: { themeId: ThemeId; children?: ReactNode }) {
  const { muiTheme, styles } = useMemo(() => {
    const theme = themes.find(({ id }) => id === themeId) ?? themes[0];
    if (!theme) {
      throw new Error('No themes are defined');
    }
    return {
      muiTheme: createMuiTheme(theme.variant, theme.colors),
      styles: { ':root': { colorScheme: theme.variant, ...cssVariables(theme.colors) } },
    };
  }, [themeId]);

  // Material UI puts its styles first in the page. In a layer, whose place is fixed before any is made, they still win
  // over the base style sheet and yield to the portal's components.
  return (
    <StyledEngineProvider enableCssLayer>
      <GlobalStyles styles="@layer base, mui;" />
      <ThemeProvider theme={muiTheme}>
        <GlobalStyles styles={styles} />
        {children}
      </ThemeProvider>
    </StyledEngineProvider>
  );
}
