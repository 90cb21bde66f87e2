import { ErrorPanel, LoadingBlock, TitledDialog } from '@callboard/core-components';
import { ExtensionProvider, useApi, useExtensions, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityContentKind, EntityProvider, entityRouteParams, entityRouteRef } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { apiDocsPlugin } from '../plugin';
import { useMessages } from '../translation';
import { Definition } from './Definition';

/** What the tab of an API shows, over a table of APIs. */
export function DefinitionDialog({ entityRef, title, onClose }: { entityRef: string; title: string; onClose(): void }) {
  const text = useMessages().definition;
  const catalogApi = useApi(catalogApiRef);
  const entityPath = useRouteRef(entityRouteRef);
  // The tab's own extension, which has been told through which routes of the proxy its servers are reached.
  const tab = useExtensions(entityContentKind).find(({ id }) => id === `${entityContentKind.id}:${apiDocsPlugin.getId()}`);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'entity', entityRef],
    queryFn: async ({ signal }) => (await catalogApi.getEntityByRef(entityRef, { signal })) ?? null,
  });
  return (
    <TitledDialog
      title={title}
      maxWidth="md"
      onClose={onClose}
      actions={
        <Button component={Link} to={entityPath(entityRouteParams(entityRef))}>
          {text.openPage}
        </Button>
      }
    >
      {error && !data && <ErrorPanel error={error} title={text.loadFailed} onRetry={() => void refetch()} />}
      {data === null && <p>{text.gone}</p>}
      {data ? (
        <EntityProvider entity={data}>
          {tab ? <ExtensionProvider extension={tab}>{tab.params.element}</ExtensionProvider> : <Definition />}
        </EntityProvider>
      ) : (
        !error && data === undefined && <LoadingBlock height={320} />
      )}
    </TitledDialog>
  );
}
