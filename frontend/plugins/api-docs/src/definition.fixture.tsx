import type { Entity } from '@callboard/catalog-model';
import { createPlugin, defineInstallation, definePage, ExtensionProvider, useExtensions } from '@callboard/core-plugin-api';
import { EntityProvider, entityContentKind } from '@callboard/plugin-catalog-react';
import { renderInTestApp } from '@callboard/test-utils';
import { useState } from 'react';
import { installation } from './installation';

/** An API with a definition. */
export function api(type: string, definition: string | undefined): Entity {
  return { apiVersion: 'v1', kind: 'API', metadata: { name: 'orders', namespace: 'default' }, spec: { type, definition } };
}

/** The tab as an app shows it, with what configuration says of it, and a button that leads to the same tab of `next`. */
export function renderDefinition(entity: Entity, config?: object, next?: Entity) {
  const page = defineInstallation({
    plugin: createPlugin({ id: 'page' }),
    extensions: [
      definePage({
        path: '/page',
        element: <span />,
        children: () => undefined,
      }),
    ],
  });
  function Contents() {
    const [shown, setShown] = useState(entity);
    return (
      <EntityProvider entity={shown}>
        {next && <button onClick={() => setShown(next)}>Next API</button>}
        {useExtensions(entityContentKind).map(extension => (
          <ExtensionProvider key={extension.id} extension={extension}>
            {extension.params.element}
          </ExtensionProvider>
        ))}
      </EntityProvider>
    );
  }
  return renderInTestApp(
    Contents,
    {
      installed: [{ installation }, { installation: page }],
      config: config && { app: { extensions: [{ 'entity-content:api-docs': { config } }] } } as never,
    },
  );
}
