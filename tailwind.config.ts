import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';

/**
 * The design tokens. Every colour a page shows is named here once for light and once for dark;
 * components use the names (`bg-surface`, `text-muted`) and never know which theme is on.
 */
export const palette = {
  light: {
    background: '#FBFAF7',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    sunken: '#F2EFE8',
    ink: '#16181D',
    muted: '#5B6068',
    line: '#E6E2DA',
    field: '#8C8A83',
    primary: '#0B7A75',
    'primary-hover': '#086059',
    'on-primary': '#FFFFFF',
    'primary-soft': '#EDF6F5',
    saffron: '#E9A820',
    'on-saffron': '#16181D',
    lapis: '#21409A',
    'lapis-soft': '#E9EDF8',
    success: '#1B7F4B',
    'success-soft': '#EEF8F2',
    warning: '#7A4F00',
    'warning-soft': '#FFF3D6',
    danger: '#B3261E',
    'danger-hover': '#8F1D17',
    'on-danger': '#FFFFFF',
    'danger-soft': '#FBEAE8',
    scrim: 'rgb(22 24 29 / 0.48)',
    float: '0 8px 32px rgb(22 24 29 / 0.14), 0 1px 3px rgb(22 24 29 / 0.08)',
  },
  dark: {
    background: '#0E1113',
    surface: '#15191C',
    raised: '#1C2226',
    sunken: '#090B0C',
    ink: '#F1EFEA',
    muted: '#A6ACB3',
    line: '#2A3137',
    field: '#737B84',
    primary: '#35BDB4',
    'primary-hover': '#5ACFC7',
    'on-primary': '#04201E',
    'primary-soft': '#10302E',
    saffron: '#F2B544',
    'on-saffron': '#16181D',
    lapis: '#9DB2FF',
    'lapis-soft': '#1B2440',
    success: '#62CE95',
    'success-soft': '#12301F',
    warning: '#F4CB74',
    'warning-soft': '#33270D',
    danger: '#FF9C91',
    'danger-hover': '#FFB8B0',
    'on-danger': '#2E0603',
    'danger-soft': '#3A1613',
    scrim: 'rgb(0 0 0 / 0.64)',
    float: '0 8px 32px rgb(0 0 0 / 0.5), 0 0 0 1px #2A3137',
  },
} as const;

const asVariables = (theme: Record<string, string>) =>
  Object.fromEntries(Object.entries(theme).map(([name, value]) => [`--${name}`, value]));

const { scrim, float, ...named } = palette.light;
const colors = Object.fromEntries(Object.keys({ ...named, scrim }).map((name) => [name, `var(--${name})`]));

const rem = (pixels: number) => `${pixels / 16}rem`;

const config: Config = {
  theme: {
    colors: { ...colors, transparent: 'transparent', current: 'currentColor', inherit: 'inherit' },
    fontFamily: {
      sans: ['Vazirmatn', 'Vazirmatn fallback', 'Tahoma', 'system-ui', 'sans-serif'],
      mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'monospace'],
    },
    fontSize: {
      xs: [rem(13), '1.6'],
      sm: [rem(15), '1.65'],
      base: [rem(17), '1.7'],
      lg: [rem(20), '1.6'],
      xl: [rem(24), '1.45'],
      '2xl': [rem(32), '1.3'],
      '3xl': [rem(44), '1.25'],
      '4xl': [rem(60), '1.2'],
    },
    fontWeight: { normal: '400', semibold: '600', extrabold: '800' },
    borderRadius: { none: '0', sm: rem(6), control: rem(10), card: rem(16), full: '9999px' },
    boxShadow: { none: 'none', float: 'var(--float)' },
    transitionDuration: { quick: '120ms', calm: '220ms', reveal: '600ms' },
    transitionTimingFunction: { out: 'cubic-bezier(0.2, 0.7, 0.2, 1)' },
    extend: {
      maxWidth: { page: rem(1200), text: rem(680), form: rem(440) },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ':root': { ...asVariables(palette.light), 'color-scheme': 'light' },
        '.dark': { ...asVariables(palette.dark), 'color-scheme': 'dark' },
      });
    }),
  ],
};

export default config;
