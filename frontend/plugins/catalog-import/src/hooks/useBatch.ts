import { inTurns } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { analyze, filesOf, type Analysis, type FoundFile } from '../lib/analyze';
import { registerFiles, type Registration } from '../lib/register';

/** So many addresses are looked behind at a time. */
const AT_ONCE = 3;

/** An address among others, and how far it is. */
export interface BatchItem {
  target: string;
  step: 'waiting' | 'analyzing' | 'analyzed' | 'registering' | 'registered';
  analysis?: Analysis;
  registrations?: Registration[];
  /** Why the address came to nothing. */
  error?: Error;
}

/** What of an address can be registered and is not yet. */
export function registrable({ step, analysis, registrations = [] }: BatchItem): FoundFile[] {
  const done = registrations.filter(({ error }) => !error).map(({ file }) => file);
  return analysis && step !== 'registering'
    ? filesOf(analysis).filter(file => !file.isRegistered && !file.error && !done.includes(file))
    : [];
}

/** Looks behind several addresses, then registers what was found, each with a result of its own. */
export function useBatch() {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  const [items, setItems] = useState<BatchItem[]>([]);
  const run = useRef(0);

  const start = async (targets: readonly string[]) => {
    const current = ++run.current;
    setItems(targets.map(target => ({ target, step: 'waiting' })));
    const update = updater(current);
    await inTurns(targets, AT_ONCE, async target => {
      if (current !== run.current) {
        return;
      }
      update(target, { step: 'analyzing' });
      try {
        update(target, { step: 'analyzed', analysis: await analyze(catalogApi, target) });
      } catch (error) {
        update(target, { step: 'analyzed', error: error as Error });
      }
    });
  };

  const register = async () => {
    const update = updater(run.current);
    await inTurns(items, 1, async item => {
      const files = registrable(item);
      if (files.length > 0) {
        update(item.target, { step: 'registering' });
        update(item.target, { step: 'registered', registrations: await registerFiles(catalogApi, files) });
      }
    });
    await queryClient.invalidateQueries({ queryKey: ['catalog'] });
  };

  /** Changes items of one run; what comes too late for it changes nothing. */
  const updater = (ofRun: number) => (target: string, change: Partial<BatchItem>) =>
    setItems(before =>
      ofRun === run.current ? before.map(item => (item.target === target ? { ...item, ...change } : item)) : before,
    );

  const isBusy = items.some(({ step }) => step === 'waiting' || step === 'analyzing' || step === 'registering');
  return { items, isBusy, start, register };
}
