import { fontFamilies, fontSizes, sizes, type ColorTokens, type Hue } from './tokens';

/** The tokens of a look as CSS custom properties, which is how components use them. */
export function cssVariables(colors: ColorTokens): Record<string, string> {
  const variables: Record<string, string> = {
    '--cb-font-text': fontFamilies.text,
    '--cb-font-code': fontFamilies.code,
    '--cb-motion': '120ms ease-out',
  };
  for (const size of fontSizes) {
    variables[`--cb-font-${size}`] = `${size / 16}rem`;
  }
  for (let step = 1; step <= 16; step += 1) {
    variables[`--cb-space-${step}`] = `${step * 4}px`;
  }
  for (const [name, pixels] of Object.entries(sizes)) {
    variables[`--cb-${name}`] = `${pixels}px`;
  }
  const { kind, ...rest } = colors;
  for (const [name, value] of Object.entries(rest)) {
    addColor(variables, dashed(name), value);
  }
  for (const [name, hue] of Object.entries(kind)) {
    addColor(variables, `kind-${name}`, hue);
  }
  return variables;
}

function addColor(variables: Record<string, string>, name: string, value: string | Hue) {
  if (typeof value === 'string') {
    variables[`--cb-${name}`] = value;
  } else {
    variables[`--cb-${name}`] = value.text;
    variables[`--cb-${name}-tint`] = value.tint;
  }
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
