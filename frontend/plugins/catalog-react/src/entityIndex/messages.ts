import { english } from '@callboard/core-components';

/** The texts of a page that lists entities. */
export const indexMessages = {
  allKinds: 'All kinds',
  kinds: 'Kind',
  filters: 'Filters',
  showFilters: 'Filters',
  closeFilters: 'Show results',
  search: (kind: string) => `Search ${kind} by name or title`,
  searchBy: 'Name or title',
  lists: { all: 'All', owned: 'Owned', starred: 'Starred' },
  listLabel: 'Which entities',
  facets: { type: 'Type', owner: 'Owner', lifecycle: 'Lifecycle', tag: 'Tags', namespace: 'Namespace' },
  status: 'Processing status',
  statuses: { error: 'Has an error', orphan: 'Is an orphan' },
  statusHints: {
    error: 'Its latest version could not be processed',
    orphan: 'No file or location declares it any more',
  },
  columnChooser: { label: 'Columns', reset: 'Default columns', ifRoom: 'where there is room' },
  findIn: (facet: string) => `Find in ${facet.toLowerCase()}`,
  more: (count: number) => `${english.number(count)} more`,
  fewer: 'Fewer',
  noValues: 'No values',
  facetsFailed: 'The filters could not be loaded',
  noFacets: 'There is nothing to filter by',
  active: 'Filters that are set',
  remove: (label: string) => `Remove filter ${label}`,
  clear: 'Clear all',
  text: 'Text',
  range: (from: number, to: number, total: number) =>
    `${english.number(from)}–${english.number(to)} of ${english.number(total)}`,
  results: (total: number) => (total === 1 ? '1 entity' : `${english.number(total)} entities`),
  previous: 'Previous page',
  next: 'Next page',
  pageSize: 'Rows',
  pages: 'Pages',
  sortHides: (count: number, column: string) =>
    `${english.number(count)} without ${/^[aeiou]/.test(column) ? 'an' : 'a'} ${column} ${count === 1 ? 'is' : 'are'} left out by this order.`,
  sortReset: 'Sort by name',
  failed: 'The catalog could not be read',
  empty: {
    filteredTitle: 'Nothing matches these filters',
    filteredText: 'Remove a filter, or search for something else.',
    ownedTitle: 'You own nothing here',
    ownedText: 'Entities whose owner is you or one of your groups are listed here.',
    starredTitle: 'Nothing starred here',
    starredText: 'The star next to a name keeps an entity in this list.',
    showAll: 'Show all',
  },
  keys: { nextPage: 'Next page', previousPage: 'Previous page' },
};

/** The texts of the file made of what it lists. */
export const exportMessages = {
  label: 'Export as CSV',
  progress: (done: number, total: number) =>
    total === 0 ? 'Exporting' : `Exporting ${english.number(done)} of ${english.number(total)}`,
  cancel: 'Cancel',
  done: (fileName: string) => `Saved as ${fileName}`,
  columns: { ref: 'Reference', kind: 'Kind', namespace: 'Namespace', name: 'Name', title: 'Title' },
};
