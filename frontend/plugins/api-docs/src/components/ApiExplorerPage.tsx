import { EmptyState, useIsOffered } from '@callboard/core-components';
import { useExtensionConfig, useRouteRef } from '@callboard/core-plugin-api';
import { EntityIndex } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { Cable, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import type { ExplorerConfig } from '../explorerConfig';
import { registerApiRouteRef } from '../routes';
import { useMessages } from '../translation';

/** Every API in the catalog. */
export function ApiExplorerPage() {
  const messages = useMessages();
  const registerPath = useRouteRef(registerApiRouteRef)?.();
  const mayRegister = useIsOffered('catalog.entity.create');
  const list = useExtensionConfig<ExplorerConfig>()?.initiallySelectedFilter;
  return (
    <EntityIndex
      kind="api"
      start={useMemo(() => ({ list }), [list])}
      subtitle={messages.description}
      actions={
        registerPath &&
        mayRegister && (
          <Button component={Link} to={registerPath} variant="contained" color="primary" startIcon={<Plus size={16} />}>
            {messages.register}
          </Button>
        )
      }
      empty={<EmptyState icon={Cable} title={messages.none} description={messages.noneText} />}
    />
  );
}
