/** The ids of the looks the portal brings. */
export type ThemeId = 'light' | 'dark' | 'contrast-light' | 'contrast-dark';

/** A foreground that is readable on its own tint and on the canvas. */
export interface Hue {
  text: string;
  tint: string;
}

/** Colours of one look. Every colour of the portal is one of these. */
export interface ColorTokens {
  /** Behind everything. */
  canvas: string;
  /** Sidebar, table heads, code. */
  sunken: string;
  /** Menus, dialogs. */
  raised: string;
  /** A row or item under the pointer. */
  hover: string;
  /** A row or item that is chosen. */
  selected: string;
  border: string;
  /** Edges of what can be operated: fields, buttons. */
  borderStrong: string;
  text: string;
  textMuted: string;
  textFaint: string;
  accent: string;
  accentHover: string;
  accentTint: string;
  onAccent: string;
  focus: string;
  success: Hue;
  warning: Hue;
  danger: Hue;
  info: Hue;
  kind: Record<KindHue, Hue>;
}

/** A fixed hue per entity kind, the same in badges, graphs, search and breadcrumbs. */
export type KindHue =
  | 'component'
  | 'api'
  | 'resource'
  | 'system'
  | 'domain'
  | 'group'
  | 'user'
  | 'location'
  | 'template'
  | 'other';

const light: ColorTokens = {
  canvas: '#ffffff',
  sunken: '#f6f7f9',
  raised: '#ffffff',
  hover: '#f1f3f6',
  selected: '#eceefd',
  border: '#e2e5ea',
  borderStrong: '#c4cad3',
  text: '#191d24',
  textMuted: '#525a67',
  textFaint: '#626a77',
  accent: '#4450d6',
  accentHover: '#3640b8',
  accentTint: '#eceefd',
  onAccent: '#ffffff',
  focus: '#4450d6',
  success: { text: '#1a6b3c', tint: '#e4f5ea' },
  warning: { text: '#875300', tint: '#fdf2dc' },
  danger: { text: '#b3261e', tint: '#fdeceb' },
  info: { text: '#1f5fa8', tint: '#e6f1fc' },
  kind: {
    component: { text: '#2358b8', tint: '#e8f0fd' },
    api: { text: '#0b6b62', tint: '#def5f1' },
    resource: { text: '#8f4a0a', tint: '#fdeedd' },
    system: { text: '#6a3bbd', tint: '#f1eafc' },
    domain: { text: '#a12b74', tint: '#fbe8f3' },
    group: { text: '#0c6683', tint: '#e0f3f9' },
    user: { text: '#4c6010', tint: '#f0f5da' },
    location: { text: '#525a67', tint: '#eef0f3' },
    template: { text: '#a8322a', tint: '#fdebe9' },
    other: { text: '#525a67', tint: '#eef0f3' },
  },
};

const dark: ColorTokens = {
  canvas: '#101216',
  sunken: '#16191f',
  raised: '#1b1f26',
  hover: '#1d2129',
  selected: '#23284a',
  border: '#272c35',
  borderStrong: '#434b58',
  text: '#e9ebef',
  textMuted: '#a9b1be',
  textFaint: '#8b94a2',
  accent: '#98a2ff',
  accentHover: '#b4bbff',
  accentTint: '#23284a',
  onAccent: '#10122b',
  focus: '#98a2ff',
  success: { text: '#6fd49a', tint: '#12301f' },
  warning: { text: '#f0bb5c', tint: '#352708' },
  danger: { text: '#ff9d95', tint: '#3b1917' },
  info: { text: '#86bdfb', tint: '#132a44' },
  kind: {
    component: { text: '#8fb6ff', tint: '#172745' },
    api: { text: '#63d3c4', tint: '#0f2f2c' },
    resource: { text: '#f3ae6b', tint: '#35230f' },
    system: { text: '#c3a5ff', tint: '#2a1f45' },
    domain: { text: '#f29bcd', tint: '#3a1a2e' },
    group: { text: '#76cbe8', tint: '#112d38' },
    user: { text: '#bfd36e', tint: '#272d10' },
    location: { text: '#a9b1be', tint: '#23272f' },
    template: { text: '#ffa198', tint: '#3b1b18' },
    other: { text: '#a9b1be', tint: '#23272f' },
  },
};

const contrastLight: ColorTokens = {
  ...light,
  sunken: '#ffffff',
  hover: '#e8eaee',
  selected: '#dfe2ff',
  border: '#5d6572',
  borderStrong: '#191d24',
  text: '#000000',
  textMuted: '#23282f',
  textFaint: '#343a43',
  accent: '#1f2aa8',
  accentHover: '#141c7c',
  accentTint: '#dfe2ff',
  focus: '#000000',
};

const contrastDark: ColorTokens = {
  ...dark,
  canvas: '#000000',
  sunken: '#000000',
  raised: '#000000',
  hover: '#23272f',
  selected: '#2b3160',
  border: '#8b94a2',
  borderStrong: '#e9ebef',
  text: '#ffffff',
  textMuted: '#e0e4ea',
  textFaint: '#cdd3dc',
  accent: '#c3c9ff',
  accentHover: '#dfe2ff',
  focus: '#ffffff',
};

/** A look: its colours, and whether they are light or dark. */
export interface Theme<Id extends string = string> {
  id: Id;
  title: string;
  variant: 'light' | 'dark';
  colors: ColorTokens;
}

/** The looks, in the order a person chooses from. */
export const themes: readonly Theme<ThemeId>[] = [
  { id: 'light', title: 'Light', variant: 'light', colors: light },
  { id: 'dark', title: 'Dark', variant: 'dark', colors: dark },
  { id: 'contrast-light', title: 'High contrast light', variant: 'light', colors: contrastLight },
  { id: 'contrast-dark', title: 'High contrast dark', variant: 'dark', colors: contrastDark },
];

/** Text sizes in pixels. 14 is body text. */
export const fontSizes = [12, 13, 14, 16, 20, 28] as const;

/** Sizes that several components share, in pixels. */
export const sizes = {
  sidebar: 220,
  'sidebar-folded': 56,
  header: 48,
  row: 32,
  control: 32,
  'control-small': 24,
  content: 1600,
  radius: 6,
  'radius-small': 4,
} as const;

/** Widths in pixels at which layouts change. */
export const breakpoints = { phone: 720, tablet: 1080 } as const;

export const fontFamilies = {
  text: "'Inter Variable', 'Near Inter', system-ui, sans-serif",
  code: "'JetBrains Mono', ui-monospace, monospace",
} as const;
