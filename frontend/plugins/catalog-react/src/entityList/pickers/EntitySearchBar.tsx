import { SearchInput } from '@callboard/core-components';
import { useState } from 'react';
import { kindInfo } from '../../entities/kinds';
import { useMessages } from '../../translation';
import { useEntityList } from '../context';
import { EntityTextFilter } from '../filters';
import { useInitialFilter } from '../useListFilter';

/** Filters what is listed while one types. */
export function EntitySearchBar() {
  const messages = useMessages().index;
  const { filters, updateFilters } = useEntityList();
  useInitialFilter('text', ([value]) => filterOf(value));
  const text = filters.text?.value ?? '';
  // What is typed has spaces at its end while more is to come.
  const [typed, setTyped] = useState(text);
  const shown = typed.trim() === text ? typed : text;
  const kinds = filters.kind ? kindInfo(filters.kind.value).plural : messages.allKinds;
  const type = (value: string) => {
    setTyped(value);
    updateFilters({ text: filterOf(value) });
  };
  return <SearchInput label={messages.search(kinds)} value={shown} onChange={type} />;
}

function filterOf(value: string | undefined): EntityTextFilter | undefined {
  return value?.trim() ? new EntityTextFilter(value.trim()) : undefined;
}
