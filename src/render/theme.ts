import type { Config } from 'vega-lite';
import type { Spec } from '../figures/parts/figure.js';
import { type Fonts, INTER } from './fonts.js';
import type { Palette } from './palette.js';

export type Theme = 'light' | 'dark';

/**
 * The colours that a spec names with a `$`. Blue, orange and the rest are told apart with every kind of colour
 * blindness (after Okabe and Ito), and in grey by their lightness.
 */
const PALETTES = {
  light: {
    $paper: '#ffffff',
    $ink: '#1a1a1a',
    $muted: '#5c5c5c',
    $line: '#b8b8b8',
    $grid: '#e9e9e9',
    $window: '#fbeccb',
    $none: '#f0cdb8',
    $measured: '#7fb3d9',
    $strong: '#0b5c94',
    $published: '#b3470f',
    $ok: '#7fb3d9',
    $fail: '#b3470f',
    $unknown: '#f0b429',
    $ended: '#c9c9c9',
    $second: '#d9822b',
    $third: '#2e7d5b',
    $better: '#5b9bd0',
    $neutral: '#f4f4f4',
    $worse: '#e08a4f',
    $heatlow: '#dbe9f5',
    $heathigh: '#08306b',
  },
  dark: {
    $paper: '#14181d',
    $ink: '#f2f2f2',
    $muted: '#b4bac2',
    $line: '#6a727c',
    $grid: '#2b3138',
    $window: '#4d4120',
    $none: '#6b3a1d',
    $measured: '#3f7fb0',
    $strong: '#8cc4ef',
    $published: '#f2a36b',
    $ok: '#3f7fb0',
    $fail: '#f2a36b',
    $unknown: '#f5d36b',
    $ended: '#6a727c',
    $second: '#f0a85a',
    $third: '#7fcfa8',
    $better: '#2f6d9f',
    $neutral: '#2b3138',
    $worse: '#a8551c',
    $heatlow: '#1d3a55',
    $heathigh: '#d8ecff',
  },
} as const;

/** For each colour of the light theme, that of the dark one. */
export const DARK_FOR_LIGHT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(PALETTES.light).map(([name, colour]) => [
    colour,
    PALETTES.dark[name as keyof typeof PALETTES.dark],
  ]),
);

/** The names of the colours, without `$`. */
export const COLOURS: readonly string[] = Object.keys(PALETTES.light).map((name) => name.slice(1));

/** Puts a theme's colours where the spec names them, or those of `own` that it has. */
export function coloured(spec: Spec, theme: Theme, own: Palette = {}): Spec {
  const palette = colours(theme, own);
  return JSON.parse(JSON.stringify(spec), (_, value) => {
    if (typeof value !== 'string' || !/^\$[a-z]+$/.test(value)) return value;
    const colour = palette[value];
    if (!colour)
      throw new Error(`unknown colour in a spec: ${value}; there are: ${Object.keys(palette).join(', ')}`);
    return colour;
  });
}

function colours(theme: Theme, own: Palette): Readonly<Record<string, string>> {
  return {
    ...PALETTES[theme],
    ...Object.fromEntries(Object.entries(own).map(([name, colour]) => [`$${name}`, colour])),
  };
}

/** Several legends stand below each other: Vega-Lite hands that on to Vega, but has no type for it. */
const STACKED: object = { layout: { bottom: { direction: 'vertical', margin: 6 } } };

/** Fonts, axes and legends of a theme, as Vega-Lite configuration. */
export function themeConfig(theme: Theme, own: Palette = {}, { family }: Fonts = INTER): Config {
  const colour = colours(theme, own) as (typeof PALETTES)[Theme];
  return {
    font: family,
    background: colour.$paper,
    padding: 4,
    view: { stroke: null },
    mark: { invalid: 'filter' },
    axis: {
      labelFontSize: 9,
      titleFontSize: 9.5,
      titleFontWeight: 'normal',
      labelColor: colour.$ink,
      titleColor: colour.$muted,
      domainColor: colour.$line,
      tickColor: colour.$line,
      gridColor: colour.$grid,
      tickSize: 3,
      titlePadding: 7,
      labelPadding: 4,
      labelFlush: false,
      labelLimit: 0,
      titleLimit: 0,
    },
    axisY: {
      titleAngle: 0,
      titleAlign: 'left',
      titleAnchor: 'end',
      titleBaseline: 'bottom',
      titleX: 0,
      titleY: -7,
      domain: false,
      ticks: false,
    },
    axisX: { grid: true, domain: false, ticks: false },
    legend: {
      orient: 'bottom',
      direction: 'horizontal',
      labelFontSize: 9,
      titleFontSize: 9,
      labelColor: colour.$ink,
      titleColor: colour.$muted,
      titleFontWeight: 'normal',
      labelLimit: 0,
      titleLimit: 0,
      columnPadding: 12,
      symbolLimit: 0,
      symbolSize: 45,
      offset: 8,
      ...STACKED,
    },
    header: {
      labelFontSize: 9,
      labelFontWeight: 600,
      labelColor: colour.$ink,
      titleFontSize: 9.5,
      titleColor: colour.$muted,
      labelLimit: 0,
    },
    text: { fontSize: 9, color: colour.$ink },
    title: {
      fontSize: 12,
      fontWeight: 600,
      color: colour.$ink,
      anchor: 'start',
      frame: 'bounds',
      offset: 10,
      limit: 0,
    },
  };
}
