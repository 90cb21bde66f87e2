import { EmptyState } from '@callboard/core-components';
import { useExtensionConfig, useRouteRef } from '@callboard/core-plugin-api';
import { EntityIndex, RegisterButton, type IndexStart } from '@callboard/plugin-catalog-react';
import { FileCode2 } from 'lucide-react';
import { useMemo } from 'react';
import type { IndexPageConfig } from '../../indexPageConfig';
import { createComponentRouteRef } from '../../routes';
import { EXAMPLE_DESCRIPTOR, useMessages } from '../../translation';

/** The table of everything in the catalog. */
export function CatalogIndexPage() {
  const text = useMessages().index;
  const createPath = useRouteRef(createComponentRouteRef)?.();
  const register = createPath && <RegisterButton to={createPath} label={text.register} />;
  return (
    <EntityIndex
      start={useStart()}
      actions={register}
      empty={
        <EmptyState
          icon={FileCode2}
          title={text.noneTitle}
          description={text.noneText}
          example={{ text: EXAMPLE_DESCRIPTOR, language: 'yaml', label: 'catalog-info.yaml' }}
          action={register}
        />
      }
    />
  );
}

/** What configuration has the table begin with; what one owns, where the page is mounted by an app itself. */
function useStart(): IndexStart {
  const config = useExtensionConfig<IndexPageConfig>();
  return useMemo(
    () => ({ list: config?.initiallySelectedFilter ?? 'owned', kind: config?.initialKind, namespaces: config?.initiallySelectedNamespaces }),
    [config],
  );
}
