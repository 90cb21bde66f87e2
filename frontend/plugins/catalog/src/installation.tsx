import { defineAppRootElement, defineInstallation, definePage, defineSearchDialog, ExtensionProvider } from '@callboard/core-plugin-api';
import {
  defineEntityCard,
  defineEntityColumn,
  defineEntityContent,
  entityContentKind,
  EntityLayout,
  isForEntity,
  isKind,
} from '@callboard/plugin-catalog-react';
import { indexPageConfig } from './indexPageConfig';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  CatalogLiveUpdates,
  catalogPlugin,
  CatalogQuickSearch,
  EntityAboutCard,
  EntityDependencyOfComponentsCard,
  EntityDependencyOfResourcesCard,
  EntityDependsOnComponentsCard,
  EntityDependsOnResourcesCard,
  EntityDescriptor,
  EntityHasComponentsCard,
  EntityHasResourcesCard,
  EntityHasSubcomponentsCard,
  EntityHasSubdomainsCard,
  EntityHasSystemsCard,
  EntityHistoryCard,
  EntityLabelsCard,
  EntityLinksCard,
  EntityOverview,
  EntityRelationsCard,
  EntityRelationsGraphCard,
} from './plugin';
import { catalogTranslationRef } from './translation';

const text = catalogTranslationRef.messages.installation;

/** The kinds that name what they depend on. */
const DEPENDING = 'kind:component,resource';

/** The catalog's pages, the tabs and cards that every entity has, and quick search. */
export const installation = defineInstallation({
  plugin: catalogPlugin,
  translation: catalogTranslationRef,
  title: text.plugin,
  description: text.description,
  icon: 'catalog',
  extensions: [
    definePage({ path: '/catalog', title: text.plugin, icon: 'catalog', order: 20, config: indexPageConfig, element: <CatalogIndexPage /> }),
    definePage({
      name: 'entity',
      path: '/catalog/:namespace/:kind/:name',
      element: <CatalogEntityPage />,
      children: extensions => (
        <EntityLayout>
          {extensions.get(entityContentKind).map(extension => {
            const { path, title, group, icon, element } = extension.params;
            return (
              <EntityLayout.Route
                key={extension.id}
                path={path}
                title={title}
                group={group}
                icon={icon}
                if={entity => isForEntity(extension, entity)}
              >
                <ExtensionProvider extension={extension}>{element}</ExtensionProvider>
              </EntityLayout.Route>
            );
          })}
        </EntityLayout>
      ),
    }),
    defineSearchDialog({ render: dialog => <CatalogQuickSearch {...dialog} /> }),
    defineAppRootElement({ name: 'live-updates', element: <CatalogLiveUpdates /> }),
    defineEntityColumn({
      name: 'source',
      title: catalogTranslationRef.messages.source.column,
      width: '9%',
      fields: ['metadata.annotations'],
      cell: () => import('./components/SourceCell').then(m => m.SourceCell),
    }),
    defineEntityContent({ name: 'overview', path: '/', title: text.overview, order: 0, element: <EntityOverview /> }),
    defineEntityContent({ name: 'relations', path: '/relations', title: text.relations, order: 800, element: <EntityRelationsCard /> }),
    defineEntityContent({ name: 'descriptor', path: '/descriptor', title: text.descriptor, order: 900, element: <EntityDescriptor /> }),
    defineEntityCard({ name: 'about', order: 10, element: <EntityAboutCard /> }),
    defineEntityCard({ name: 'relations', order: 20, element: <EntityRelationsGraphCard /> }),
    defineEntityCard({ name: 'has-systems', order: 30, filter: 'kind:domain', element: <EntityHasSystemsCard /> }),
    defineEntityCard({ name: 'has-subdomains', order: 31, filter: 'kind:domain', element: <EntityHasSubdomainsCard /> }),
    defineEntityCard({ name: 'has-components', order: 30, filter: 'kind:system', element: <EntityHasComponentsCard /> }),
    defineEntityCard({ name: 'has-resources', order: 36, filter: 'kind:system', element: <EntityHasResourcesCard /> }),
    defineEntityCard({ name: 'has-subcomponents', order: 36, filter: 'kind:component', element: <EntityHasSubcomponentsCard /> }),
    defineEntityCard({ name: 'depends-on-components', order: 37, filter: DEPENDING, element: <EntityDependsOnComponentsCard /> }),
    defineEntityCard({ name: 'depends-on-resources', order: 38, filter: DEPENDING, element: <EntityDependsOnResourcesCard /> }),
    defineEntityCard({ name: 'dependency-of-components', order: 39, filter: DEPENDING, element: <EntityDependencyOfComponentsCard /> }),
    defineEntityCard({ name: 'dependency-of-resources', order: 40, filter: DEPENDING, element: <EntityDependencyOfResourcesCard /> }),
    defineEntityCard({
      name: 'links',
      type: 'info',
      order: 10,
      filter: entity => !isKind('location')(entity),
      element: <EntityLinksCard />,
    }),
    defineEntityCard({ name: 'labels', type: 'info', order: 20, element: <EntityLabelsCard /> }),
    // How long it is shows only when it is there; below the others it moves none of them.
    defineEntityCard({ name: 'history', type: 'info', order: 30, element: <EntityHistoryCard /> }),
  ],
});
