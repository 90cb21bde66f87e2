import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { themes, type ColorTokens } from './tokens';

function luminance(color: string): number {
  const channels = [1, 3, 5].map(start => {
    const value = parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return channels.reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(themes)('$title', ({ colors }) => {
  const backgrounds = (['canvas', 'sunken', 'raised', 'hover', 'selected'] as const).map(name => colors[name]);

  it('has body text of AAA contrast', () => {
    expect(Math.min(...backgrounds.map(background => contrast(colors.text, background)))).toBeGreaterThan(7);
  });

  it.each(['textMuted', 'textFaint', 'accent'] as const)('has %s of AA contrast on every surface', name => {
    expect(Math.min(...backgrounds.map(background => contrast(colors[name], background)))).toBeGreaterThan(4.5);
  });

  it('has statuses and kinds that can be read on their tints and on the page', () => {
    const { success, warning, danger, info, kind }: ColorTokens = colors;
    for (const hue of [success, warning, danger, info, ...Object.values(kind)]) {
      expect(contrast(hue.text, hue.tint)).toBeGreaterThan(4.5);
      expect(contrast(hue.text, colors.hover)).toBeGreaterThan(4.5);
    }
    expect(contrast(colors.onAccent, colors.accent)).toBeGreaterThan(4.5);
  });
});

describe('style sheets', () => {
  const root = join(import.meta.dirname, '../../..');
  const sheets = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.css') && !/node_modules|dist/.test(file))
      .map(file => join(folder, file)),
  );

  it.each(sheets)('%s names no colour of its own', sheet => {
    expect(readFileSync(join(root, sheet), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i);
  });
});
