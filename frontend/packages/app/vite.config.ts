import { pageConfig, pluginPackages } from '@callboard/cli/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockApi } from './dev/mockApi.ts';

/** Where the gateway listens while pages are worked on. */
const gateway = process.env.CALLBOARD_URL ?? 'http://localhost:7007';
const mocked = process.env.CALLBOARD_MOCK === '1';
const proxy = mocked ? undefined : { '/api': { target: gateway } };

const config = defineConfig({
  plugins: [react(), pluginPackages({ app: import.meta.dirname }), mocked ? mockApi() : pageConfig({ portal: gateway })],
  server: { port: 3000, proxy },
  preview: { port: 3000, proxy },
  build: {
    target: 'es2022',
    // Named by content and apart from the rest, so that the gateway can let browsers keep them for good.
    assetsDir: 'static',
    manifest: true,
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
});

export { config as default };
