// Compresses the built files once and well, so that the gateway need not do it for each visitor.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../dist/static');
const MINIMUM_BYTES = 1024;

for (const name of readdirSync(folder).filter(file => /\.(js|css|svg)$/.test(file))) {
  const content = readFileSync(join(folder, name));
  if (content.length >= MINIMUM_BYTES) {
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}
