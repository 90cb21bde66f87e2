import { pluginPackages } from '@callboard/cli/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const config = defineConfig({
  plugins: [react(), pluginPackages({ app: `${import.meta.dirname}/packages/app` })],
  test: {
    environment: 'jsdom',
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'plugins/*/src/**/*.test.{ts,tsx}'],
    setupFiles: ['packages/test-utils/src/setup.ts', 'packages/test-utils/src/packageSetup.ts'],
    restoreMocks: true,
    // To start anew and import everything for each file took as long as the tests; what they leave behind is put away in setup.ts.
    isolate: false,
    // Two cores: more workers than that only fight each other for them.
    maxWorkers: 2,
    // Pages rendered whole, on a machine that may build something else meanwhile.
    testTimeout: 60_000,
    css: { include: [] },
  },
});

export { config as default };
