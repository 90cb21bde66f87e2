import { createTheme, type Theme } from '@mui/material/styles';
import { breakpoints, fontFamilies, sizes, type ColorTokens } from './tokens';

const PHONE = `@media (max-width: ${breakpoints.phone - 1}px)`;

/** Material UI in the portal's own look: flat, dense, without ripples or shadows that carry no meaning. */
export function createMuiTheme(variant: 'light' | 'dark', colors: ColorTokens): Theme {
  return createTheme({
    spacing: 8,
    shape: { borderRadius: sizes.radius },
    breakpoints: { values: { xs: 0, sm: breakpoints.phone, md: breakpoints.tablet, lg: 1440, xl: 1920 } },
    palette: {
      mode: variant,
      primary: { main: colors.accent, dark: colors.accentHover, contrastText: colors.onAccent },
      error: { main: colors.danger.text },
      warning: { main: colors.warning.text },
      success: { main: colors.success.text },
      info: { main: colors.info.text },
      background: { default: colors.canvas, paper: colors.raised },
      text: { primary: colors.text, secondary: colors.textMuted, disabled: colors.textFaint },
      divider: colors.border,
      action: { hover: colors.hover, selected: colors.selected },
    },
    typography: {
      fontFamily: fontFamilies.text,
      fontSize: 14,
      body1: { fontSize: '0.875rem', lineHeight: 1.5 },
      body2: { fontSize: '0.8125rem', lineHeight: 1.5 },
      button: { textTransform: 'none', fontWeight: 500, fontSize: '0.8125rem', letterSpacing: 0 },
    },
    transitions: { duration: { enteringScreen: 120, leavingScreen: 80, short: 100, standard: 120, complex: 140 } },
    components: {
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: {
          root: { '&:focus-visible': { outline: `2px solid ${colors.focus}`, outlineOffset: 1 } },
        },
      },
      MuiButton: {
        defaultProps: { size: 'small', disableElevation: true, variant: 'outlined', color: 'inherit' },
        styleOverrides: {
          root: { minHeight: sizes.control, padding: '0 12px', whiteSpace: 'nowrap' },
          outlined: { borderColor: colors.borderStrong, '&:hover': { background: colors.hover } },
          startIcon: { marginRight: 6, marginLeft: -2 },
        },
      },
      MuiIconButton: {
        defaultProps: { size: 'small', color: 'inherit' },
        styleOverrides: { root: { borderRadius: sizes.radius, width: 32, height: 32, '&:hover': { background: colors.hover } } },
      },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiMenu: {
        styleOverrides: {
          paper: { border: `1px solid ${colors.border}`, boxShadow: '0 8px 24px rgb(0 0 0 / 16%)', marginTop: 4 },
          list: { padding: 4 },
        },
      },
      MuiMenuItem: {
        styleOverrides: {
          root: {
            fontSize: '0.8125rem', minHeight: sizes.control, borderRadius: sizes['radius-small'], padding: '4px 8px', gap: 8,
            '&.Mui-focusVisible': { outline: 'none', background: colors.hover },
          },
        },
      },
      MuiDialog: {
        styleOverrides: {
          paper: {
            border: `1px solid ${colors.border}`, boxShadow: '0 16px 48px rgb(0 0 0 / 24%)',
            // A phone has no room to show what is behind it.
            [PHONE]: { width: 'calc(100% - 16px)', maxHeight: 'calc(100% - 16px)', margin: 8 },
          },
        },
      },
      MuiTooltip: {
        defaultProps: { enterDelay: 400, enterNextDelay: 100, disableInteractive: false },
        styleOverrides: {
          tooltip: { background: colors.text, color: colors.canvas, fontSize: '0.75rem', fontWeight: 400, padding: '4px 8px', maxWidth: 480 },
        },
      },
      MuiOutlinedInput: {
        styleOverrides: {
          root: { fontSize: '0.8125rem', background: colors.canvas, '&.MuiInputBase-multiline': { padding: 0 }, '& .MuiOutlinedInput-notchedOutline': { borderColor: colors.borderStrong } },
          input: { padding: '6px 10px', height: 20, '&::placeholder': { color: colors.textFaint, opacity: 1 } },
        },
      },
      MuiFormHelperText: { styleOverrides: { root: { margin: '4px 0 0' } } },
      MuiTabs: {
        styleOverrides: { root: { minHeight: 36 }, indicator: { height: 2 } },
      },
      MuiTab: {
        styleOverrides: {
          root: {
            minHeight: 36, minWidth: 0, padding: '0 4px', marginRight: 20, color: colors.textMuted,
            '&.Mui-selected': { color: colors.text },
            [PHONE]: { marginRight: 8 },
            // What scrolls tabs would cut it.
            '&:focus-visible': { outlineOffset: -2 },
          },
        },
      },
    },
  });
}
