import { pageConfig, pluginPackages } from '@callboard/cli/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstPaint } from './build/firstPaint.ts';
import { mockApi } from './dev/mockApi.ts';

/** Where the gateway listens while pages are worked on. */
const gateway = process.env.CALLBOARD_URL ?? 'http://localhost:7007';
const mocked = process.env.CALLBOARD_MOCK === '1';
const proxy = mocked ? undefined : { '/api': { target: gateway } };

/**
 * What goes together into a file. Each file is a request, so what several pages share lies in few of them; and what
 * releases rarely change lies apart, so that browsers keep it.
 */
const chunkGroups = [
  // What runs before the app is there, and no more.
  { name: 'begin', priority: 4, test: /vite.preload-helper|app[\\/]src[\\/]begin\.ts$|core-app-api[\\/]src[\\/](begin|app[\\/]config[\\/]loadConfig|installation[\\/]extensionSettings)\.ts$|catalog-react[\\/]src[\\/](begin|entities[\\/]kindTitles|entityIndex[\\/]lib[\\/]kindOfAddress)\.ts$/ },
  { name: 'vendor', priority: 3, test: /node_modules[\\/](react|react-dom|scheduler|react-router|react-router-dom|cookie|set-cookie-parser|@tanstack)[\\/]/ },
  { name: 'app', priority: 2, test: /packages[\\/]app[\\/]src[\\/]App\.tsx$/ },
  // What nearly every page shows, and what that needs.
  { name: 'common', priority: 1, test: /[\\/](PlainEntityTable|EntityList|columns|pluginColumns|LifecycleTag|DataTable|PageTurner|SearchInput|SegmentedControl|EntityRefLink|KindIcon|StarButton|Card|InfoCard|CodeBlock|Time|useEntitiesByRefs)\.tsx?$/ },
  // What every page of an entity shows.
  { name: 'entityPage', priority: 1, test: /catalog[\\/]src[\\/]components[\\/](CatalogEntityPage|EntityHeader|EntityOverview|EntityWarnings|cards)[\\/](?!EntityMenu)\w+\.tsx?$/ },
];

/** The pages that most visits begin with; the first is home as well. */
const firstPages = [
  { address: '(^/|/catalog/?)$', part: 'CatalogIndexPage' },
  { address: '/catalog/[^/]+/[^/]+/[^/]+/?$', part: 'entityPage' },
];

const config = defineConfig({
  plugins: [react(), firstPaint({ parts: ['vendor', 'app', 'start'], pages: firstPages }), pluginPackages({ app: import.meta.dirname }), mocked ? mockApi() : pageConfig({ portal: gateway })],
  server: { port: 3000, proxy },
  preview: { port: 3000, proxy },
  build: {
    target: 'es2022',
    // Named by content and apart from the rest, so that the gateway can let browsers keep them for good.
    assetsDir: 'static',
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
});

export { config as default };
