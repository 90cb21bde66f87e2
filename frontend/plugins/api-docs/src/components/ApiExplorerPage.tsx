import { EmptyState } from '@callboard/core-components';
import { useExtensionConfig, useRouteRef } from '@callboard/core-plugin-api';
import { EntityIndex, RegisterButton } from '@callboard/plugin-catalog-react';
import { Cable } from 'lucide-react';
import { useMemo } from 'react';
import type { ExplorerConfig } from '../explorerConfig';
import { registerApiRouteRef } from '../routes';
import { useMessages } from '../translation';

/** Every API in the catalog. */
export function ApiExplorerPage() {
  const messages = useMessages();
  const registerPath = useRouteRef(registerApiRouteRef)?.();
  const list = useExtensionConfig<ExplorerConfig>()?.initiallySelectedFilter;
  return (
    <EntityIndex
      kind="api"
      start={useMemo(() => ({ list }), [list])}
      subtitle={messages.description}
      actions={registerPath && <RegisterButton to={registerPath} label={messages.register} />}
      empty={<EmptyState icon={Cable} title={messages.none} description={messages.noneText} />}
    />
  );
}
