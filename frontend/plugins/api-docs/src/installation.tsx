import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityCard, defineEntityColumn, defineEntityContent } from '@callboard/plugin-catalog-react';
import { definitionConfig } from './definitionConfig';
import { explorerConfig } from './explorerConfig';
import { installationTexts as text } from './installationTexts';
import {
  ApiExplorerPage,
  apiDocsPlugin,
  EntityApiDefinitionCard,
  EntityConsumedApisCard,
  EntityConsumingComponentsCard,
  EntityHasApisCard,
  EntityProvidedApisCard,
  EntityProvidingComponentsCard,
} from './plugin';

/** The page of all APIs, the tab with an API's definition, and cards on both sides of an API. */
export const installation = defineInstallation({
  plugin: apiDocsPlugin,
  translation: () => import('./translation').then(m => m.apiDocsTranslationRef),
  title: text.plugin,
  description: text.description,
  icon: 'api',
  extensions: [
    definePage({ path: '/api-docs', title: text.plugin, icon: 'api', order: 30, config: explorerConfig, element: <ApiExplorerPage /> }),
    defineEntityContent({
      path: '/definition',
      title: text.definition,
      order: 100,
      filter: 'kind:api',
      config: definitionConfig,
      element: <EntityApiDefinitionCard />,
    }),
    defineEntityColumn({
      title: text.definition,
      width: '7%',
      kinds: ['api'],
      cell: () => import('./components/DefinitionCell').then(m => m.DefinitionCell),
      shown: true,
    }),
    defineEntityCard({ name: 'providers', order: 32, filter: 'kind:api', element: <EntityProvidingComponentsCard /> }),
    defineEntityCard({ name: 'consumers', order: 34, filter: 'kind:api', element: <EntityConsumingComponentsCard /> }),
    defineEntityCard({ name: 'provided', order: 32, filter: 'kind:component', element: <EntityProvidedApisCard /> }),
    defineEntityCard({ name: 'consumed', order: 34, filter: 'kind:component', element: <EntityConsumedApisCard /> }),
    defineEntityCard({ name: 'has-apis', order: 32, filter: 'kind:system', element: <EntityHasApisCard /> }),
  ],
});
