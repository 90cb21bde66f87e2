import { vi } from 'vitest';
import { MockBackend, sampleEntities } from './mockBackend';

/** Puts a backend in memory behind the page's network for the rest of the test. */
export function startMockBackend(...args: Partial<ConstructorParameters<typeof MockBackend>>): MockBackend {
  const [entities = sampleEntities(), importable] = args;
  const backend = new MockBackend(entities, importable);
  vi.stubGlobal('fetch', backend.fetch);
  return backend;
}
