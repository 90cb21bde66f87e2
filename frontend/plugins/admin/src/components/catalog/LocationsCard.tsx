import type { Location } from '@callboard/catalog-model';
import {
  Card,
  ConfirmDialog,
  Cut,
  DataTable,
  EmptyState,
  ErrorPanel,
  Link,
  SearchInput,
  Skeleton,
  useFormats,
  useIsOffered,
  type DataColumn,
  type Formats,
} from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { MapPin, SearchX, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useChange, useLocationContents, useLocations, type LocationContent } from '../../hooks/useAdmin';
import { useMessages, type Messages } from '../../translation';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import { LocationDetail, LocationState } from './LocationState';
import { RegisterDialog } from './RegisterDialog';

/** More than these are filtered rather than read. */
const FEW = 8;

/** What people have registered and how it is, with the ways to add and to remove. */
export function LocationsCard() {
  const text = useMessages().catalog;
  const formats = useFormats();
  const { data: locations, error, refetch } = useLocations();
  const contents = useLocationContents();
  const [asked, setAsked] = useState<'register' | Location>();
  const [filter, setFilter] = useState('');
  const term = filter.trim().toLowerCase();
  const fitting = locations?.filter(({ target }) => target.toLowerCase().includes(term));
  const mayRegister = useIsOffered('catalog.location.create');
  const mayRemove = useIsOffered('catalog.location.delete');
  const register = mayRegister && <Button onClick={() => setAsked('register')}>{text.register}</Button>;
  return (
    <Card title={text.locations} count={locations?.length} actions={locations && locations.length > 0 && register} flush>
      {error ? (
        <div className={parts.padded}>
          <Unavailable error={error} title={text.locationsFailed} denied={text.locationsDenied} onRetry={() => void refetch()} />
        </div>
      ) : locations?.length === 0 ? (
        <EmptyState icon={MapPin} title={text.noLocations} description={text.noLocationsText} action={register} />
      ) : (
        <>
          {contents.error && (
            <div className={parts.padded}>
              <ErrorPanel error={contents.error} title={text.contentsFailed} onRetry={() => void contents.refetch()} />
            </div>
          )}
          {locations && locations.length > FEW && (
            <div className={parts.padded}>
              <SearchInput label={text.filter} value={filter} onChange={setFilter} />
            </div>
          )}
          {fitting?.length === 0 ? (
            <EmptyState icon={SearchX} title={text.nothingFits} />
          ) : (
            <DataTable
              flush
              label={text.locations}
              columns={columnsOf(mayRemove ? setAsked : undefined, contents, text, formats)}
              rows={fitting}
              rowKey={({ id }) => id}
              skeletonRows={4}
              renderDetail={location => <LocationDetail location={location} />}
            />
          )}
        </>
      )}
      {asked === 'register' && <RegisterDialog onClose={() => setAsked(undefined)} />}
      {typeof asked === 'object' && <RemoveDialog location={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

/** The last one, of the ways to remove, only where one may. */
function columnsOf(
  ask: ((location: Location) => void) | undefined,
  { data: contentOf, isPending }: ReturnType<typeof useLocationContents>,
  text: Messages['catalog'],
  formats: Formats,
): DataColumn<Location>[] {
  const ofContent = (render: (content: LocationContent) => ReactNode) => (location: Location) => {
    if (isPending) {
      return <Skeleton width="60%" />;
    }
    return contentOf ? render(contentOf(location)) : text.unknown;
  };
  const columns: DataColumn<Location>[] = [
    {
      id: 'target',
      title: text.columns.target,
      render: ({ target }) => (
        <Cut title={target}>
          {/^https?:/.test(target) ? <Link to={target}>{target}</Link> : target}
        </Cut>
      ),
    },
    { id: 'state', title: text.columns.state, width: '200px', render: ofContent(content => <LocationState content={content} />) },
    {
      id: 'entities',
      title: text.columns.entities,
      width: '90px',
      align: 'right',
      render: ofContent(({ entities }) => formats.number(entities)),
    },
  ];
  if (ask) {
    columns.push({
      id: 'action',
      title: text.columns.action,
      width: '80px',
      align: 'right',
      render: location => (
        <IconButton aria-label={text.remove(location.target)} onClick={() => ask(location)}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      ),
    });
  }
  return columns;
}

function RemoveDialog({ location: { id, target }, onClose }: { location: Location; onClose(): void }) {
  const messages = useMessages();
  const text = messages.catalog;
  const catalogApi = useApi(catalogApiRef);
  const remove = useChange((_, removed: string) => catalogApi.removeLocationById(removed), { message: text.removed, changes: [['catalog']] });
  return (
    <ConfirmDialog
      title={text.removeTitle}
      action={messages.delete}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <code>{target}</code>
      </p>
      <p>{text.removeText}</p>
    </ConfirmDialog>
  );
}
