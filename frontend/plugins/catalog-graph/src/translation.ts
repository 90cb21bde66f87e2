import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the plugin. */
export const { ref: catalogGraphTranslationRef, useMessages } = createMessages({
  id: 'plugin.catalog-graph',
  messages: {
    ...installationTexts,
    start: 'Find an entity to start from',
    startTitle: 'Where to begin',
    startText: 'Search for an entity above, or choose one that you starred or looked at; the graph grows from it.',
    results: 'Entities found',
    noResults: 'No entity is called that',
    searchFailed: 'Entities could not be searched',
    failed: 'The graph could not be loaded',
    filters: 'Filters',
    depth: 'Depth',
    depthOf: (depth: number) => (depth === 1 ? '1 step' : `${depth} steps`),
    direction: 'Direction',
    directions: { LR: 'Left to right', RL: 'Right to left', TB: 'Top down', BT: 'Bottom up' },
    curve: 'Lines',
    curves: { curveMonotoneX: 'Curved', curveStepBefore: 'Right angles' },
    switches: {
      unidirectional: { title: 'Simplified', text: 'Reads every relation from the root on, with everything on one side of it' },
      mergeRelations: { title: 'Merged relations', text: 'One line for both directions of a relation' },
      showFilters: { title: 'Filters', text: 'Kinds and relations to leave out' },
    },
    kinds: 'Kinds',
    relations: 'Relations',
    view: 'View',
    views: { graph: 'Graph', table: 'Table' },
    counts: (nodes: number, edges: number) => `${english.number(nodes)} entities, ${english.number(edges)} relations`,
    cut: (limit: number) => `Only the nearest ${english.number(limit)} entities are shown. Take fewer steps, or leave relations out.`,
    drawing: (title: string) => `Graph around ${title}. Arrow keys move it, + and − zoom.`,
    node: (title: string, kind: string) => `${title}, ${kind}`,
    missingTitle: (refs: string) => `${refs} is not in the catalog`,
    missingText: 'It may have been removed or renamed, or is not yours to see. Search for another entity above.',
    missing: 'not in the catalog',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show all',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    open: 'Open its page',
    hint: 'Click an entity to go on from it, Shift-click to open its page.',
    columns: { from: 'From', relation: 'Relation', to: 'To' },
    card: 'Graph',
    explore: 'Explore',
  },
});

export type Messages = ReturnType<typeof useMessages>;
