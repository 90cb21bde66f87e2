import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { analyze, type FoundFile } from '../lib/analyze';
import { registerFiles, type Registration } from '../lib/register';

/** Looks behind an address, then registers what is wanted of it. */
export function useImport() {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  const [registrations, setRegistrations] = useState<Registration[]>();
  const analysis = useMutation({ mutationFn: (target: string) => analyze(catalogApi, target) });
  const { mutate: register, isPending: isRegistering } = useMutation({
    mutationFn: (files: readonly FoundFile[]) => registerFiles(catalogApi, files),
    onSuccess: async results => {
      // A second try adds to what the first has registered.
      setRegistrations((before = []) => [...before.filter(({ error }) => !error), ...results]);
      await queryClient.invalidateQueries({ queryKey: ['catalog'] });
    },
  });
  const reset = () => {
    analysis.reset();
    setRegistrations(undefined);
  };
  return { analysis, registrations, register, isRegistering, reset };
}
