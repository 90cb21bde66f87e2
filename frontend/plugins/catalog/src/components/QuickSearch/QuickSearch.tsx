import { stringifyEntityRef, tryParse } from '@callboard/catalog-model';
import { ErrorPanel, Kbd, Progress, VisuallyHidden } from '@callboard/core-components';
import { useAnalytics, useRouteRef, useSearchEvent } from '@callboard/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  entityTitle,
  KindIcon,
  refTitle,
  useEntitiesByRefs,
  useRecentEntities,
  useStarredEntities,
} from '@callboard/plugin-catalog-react';
import Dialog from '@mui/material/Dialog';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useMessages } from '../../translation';
import { rootRouteRef, searchRouteRef } from '../../routes';
import styles from './QuickSearch.module.css';
import { useQuickSearch } from './useQuickSearch';

const MAX_SUGGESTED = 6;

interface Option {
  id: string;
  title: string;
  hint?: string;
  kind?: string;
  path: string;
}

interface Section {
  title: string;
  options: Option[];
}

/** Finds an entity by its name from anywhere. */
export function QuickSearch({ onClose }: { onClose(): void }) {
  const text = useMessages().search;
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const navigate = useNavigate();
  const search = useQuickSearch(typed);
  const analytics = useAnalytics();
  useSearchEvent(search.data?.term ?? '', search.data?.total);
  const suggestions = useSuggestions();
  const results = useResults(search.data);
  const hasTerm = typed.trim() !== '';
  const sections = (hasTerm ? results : suggestions).filter(({ options }) => options.length > 0);
  const options = sections.flatMap(section => section.options);
  const current = options[Math.min(active, options.length - 1)];

  const open = (option: Option | undefined) => {
    if (option) {
      analytics.captureEvent('click', option.title, { value: options.indexOf(option) + 1, attributes: { to: option.path } });
      onClose();
      void navigate(option.path);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((Math.min(active, options.length - 1) + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter') {
      open(current);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="quick-search-title"
      slotProps={{ container: { className: styles.container } }}
    >
      <VisuallyHidden>
        <h2 id="quick-search-title">{text.label}</h2>
      </VisuallyHidden>
      <div className={styles.field}>
        <Search size={16} aria-hidden />
        <input
          // A dialog opened to type in has to take the keys at once.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-label={text.label}
          aria-expanded={options.length > 0}
          aria-controls="quick-search-options"
          aria-activedescendant={current?.id}
          aria-autocomplete="list"
          placeholder={text.placeholder}
          value={typed}
          maxLength={200}
          onChange={event => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className={styles.results} aria-busy={hasTerm && search.isPending}>
        {hasTerm && search.isPending && <Progress />}
        {search.error && hasTerm && <ErrorPanel error={search.error} title={text.failed} onRetry={() => void search.refetch()} />}
        <div role="listbox" id="quick-search-options" aria-label={text.results}>
          {sections.map(section => (
            <div key={section.title} role="group" aria-label={section.title}>
              <p className={styles.section} aria-hidden>
                {section.title}
              </p>
              {section.options.map(option => (
                <OptionRow key={option.id} option={option} selected={option === current} onOpen={() => open(option)} />
              ))}
            </div>
          ))}
        </div>
        <p className={styles.note} role="status">
          {(options.length === 0 || (hasTerm && search.data?.entities.length === 0)) && (
            <Note typed={typed} searched={search.data?.term} />
          )}
        </p>
      </div>
    </Dialog>
  );
}

function Note({ typed, searched }: { typed: string; searched: string | undefined }) {
  const text = useMessages().search;
  if (typed.trim() === '') {
    return text.start;
  }
  return searched === typed.trim() ? `${text.none(searched)}. ${text.noneText}` : undefined;
}

function OptionRow({ option, selected, onOpen }: { option: Option; selected: boolean; onOpen(): void }) {
  return (
    // The field keeps the focus and handles the keys; the pointer is the other way in.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={option.id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={styles.option}
      onClick={onOpen}
      ref={element => {
        if (selected) {
          element?.scrollIntoView?.({ block: 'nearest' });
        }
      }}
    >
      {option.kind ? <KindIcon kind={option.kind} /> : <Search size={16} aria-hidden />}
      <span className={styles.title}>{option.title}</span>
      {option.hint && <span className={styles.hint}>{option.hint}</span>}
    </div>
  );
}

function useSuggestions(): Section[] {
  const text = useMessages().search;
  const { recent } = useRecentEntities();
  const { starredEntities } = useStarredEntities();
  const entityPath = useRouteRef(entityRouteRef);
  const starred = [...starredEntities].reverse().filter(ref => !recent.slice(0, MAX_SUGGESTED).includes(ref));
  const references = useEntitiesByRefs([...recent.slice(0, MAX_SUGGESTED), ...starred.slice(0, MAX_SUGGESTED)]);
  const toOptions = (refs: string[]) =>
    refs
      .slice(0, MAX_SUGGESTED)
      .filter(ref => !references.isMissing(ref))
      .map(ref => ({
        id: `option-${ref}`,
        title: references.title(ref) ?? refTitle(ref, tryParse(ref)?.kind),
        hint: ref,
        kind: tryParse(ref)?.kind,
        path: entityPath(entityRouteParams(ref)),
      }));
  return [
    { title: text.recent, options: toOptions(recent) },
    { title: text.starred, options: toOptions(starred) },
  ];
}

function useResults(data: ReturnType<typeof useQuickSearch>['data']): Section[] {
  const text = useMessages().search;
  const entityPath = useRouteRef(entityRouteRef);
  const catalogPath = useRouteRef(rootRouteRef)();
  const searchPath = useRouteRef(searchRouteRef)?.();
  if (!data) {
    return [];
  }
  const options = data.entities.map(entity => ({
    id: `option-${stringifyEntityRef(entity)}`,
    title: entityTitle(entity),
    hint: stringifyEntityRef(entity),
    kind: entity.kind,
    path: entityPath(entityRouteParams(entity)),
  }));
  const rest =
    data.total > options.length
      ? [{ id: 'option-all', title: text.all(data.total), path: `${catalogPath}?kind=all&q=${encodeURIComponent(data.term)}` }]
      : [];
  // Names are all that is searched here; the page searches the rest too.
  const page = searchPath
    ? [{ id: 'option-search', title: text.everywhere(data.term), path: `${searchPath}?q=${encodeURIComponent(data.term)}` }]
    : [];
  return [
    { title: text.results, options: [...options, ...rest] },
    { title: text.more, options: page },
  ];
}
