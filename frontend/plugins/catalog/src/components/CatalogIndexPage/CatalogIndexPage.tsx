import { EmptyState, Skeleton, useIsOffered } from '@callboard/core-components';
import { useExtensionConfig, useRouteRef } from '@callboard/core-plugin-api';
import { EntityIndex, type IndexStart } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { FileCode2, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import type { IndexPageConfig } from '../../indexPageConfig';
import { createComponentRouteRef } from '../../routes';
import { EXAMPLE_DESCRIPTOR, useMessages } from '../../translation';

/** The table of everything in the catalog. */
export function CatalogIndexPage() {
  const text = useMessages().index;
  const createPath = useRouteRef(createComponentRouteRef)?.();
  const mayCreate = useIsOffered('catalog.entity.create');
  const register = createPath && mayCreate && (
    <Button component={Link} to={createPath} variant="contained" color="primary" startIcon={<Plus size={16} />}>
      {text.register}
    </Button>
  );
  return (
    <EntityIndex
      start={useStart()}
      actions={register ?? (mayCreate === undefined && createPath && <Skeleton width={140} height={32} />)}
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
