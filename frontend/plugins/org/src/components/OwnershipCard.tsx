import { relationTargets, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import type { CatalogApi, Facet, Predicate } from '@callboard/catalog-client';
import { Card, EmptyState, ErrorPanel, LoadingBlock, SegmentedControl, useFormats } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, KIND_ORDER, KindIcon, kindInfo, typeTitle, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { groupsWithin } from '../hooks/useGroupTree';
import { useMessages } from '../translation';
import { catalogIndexRouteRef } from '../routes';
import styles from './org.module.css';

/** More kinds and types than these are a click away. */
const SHOWN = 6;

/** What a group or person owns, counted by kind and type, each count leading to the list. */
export function OwnershipCard() {
  const text = useMessages().ownership;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const catalogPath = useRouteRef(catalogIndexRouteRef)?.();
  // People own by their groups, and hardly ever themselves.
  const [which, setWhich] = useState<'direct' | 'all'>(entity.kind.toLowerCase() === 'user' ? 'all' : 'direct');
  const [whole, setWhole] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'ownership', stringifyEntityRef(entity), which],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => countOwned(catalogApi, entity, which, signal),
  });
  return (
    <Card
      title={text.title}
      count={data?.total}
      actions={
        <SegmentedControl
          label={text.which}
          value={which}
          onChange={value => setWhich(value)}
          segments={[
            { value: 'direct', label: text.direct },
            { value: 'all', label: text.all },
          ]}
        />
      }
    >
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={72} />
      ) : data.tiles.length === 0 ? (
        <EmptyState icon={Boxes} title={text.none} description={text.noneText} />
      ) : (
        <>
          <ul className={styles.tiles}>
            {data.tiles.slice(0, whole ? undefined : SHOWN).map(tile => (
              <li key={`${tile.kind} ${tile.type}`}>
                <OwnedTile tile={tile} to={catalogPath && `${catalogPath}?${listQuery(tile, data.owners)}`} />
              </li>
            ))}
          </ul>
          {!whole && data.tiles.length > SHOWN && (
            <Button variant="text" onClick={() => setWhole(true)}>
              {text.more(data.tiles.length - SHOWN)}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

function OwnedTile({ tile: { kind, type, count }, to }: { tile: Tile; to: string | undefined }) {
  const formats = useFormats();
  const content = (
    <>
      <span className={styles.tileCount}>{formats.number(count)}</span>
      <span className={styles.tileKind}>
        <KindIcon kind={kind} />
        <span>
          {kindInfo(kind)[count === 1 ? 'title' : 'plural']}
          {type && <span className={styles.muted}>{typeTitle(type)}</span>}
        </span>
      </span>
    </>
  );
  return to ? (
    <Link className={styles.tile} to={to}>
      {content}
    </Link>
  ) : (
    <span className={styles.tile}>{content}</span>
  );
}

interface Tile {
  kind: string;
  type: string | undefined;
  count: number;
}

interface Owned {
  owners: string[];
  total: number;
  /** What there is most of first. */
  tiles: Tile[];
}

/** Counted by the catalog, so that the counts are exact however much there is. */
async function countOwned(catalogApi: CatalogApi, entity: Entity, which: 'direct' | 'all', signal: AbortSignal): Promise<Owned> {
  const within = which === 'all' && entity.kind.toLowerCase() === 'group' ? (await groupsWithin(catalogApi, entity, signal)).map(stringifyEntityRef) : [];
  const through = which === 'all' ? relationTargets(entity, 'memberOf') : [];
  const owners = [...new Set([stringifyEntityRef(entity), ...within, ...through])];
  const count = async (facet: string, kind?: string) => {
    const owned: Predicate = { 'relations.ownedBy': { $in: owners } };
    const query = kind ? { $all: [owned, { kind }] } : owned;
    return (await catalogApi.getEntityFacets({ query, facets: [facet] }, { signal })).facets[facet] ?? [];
  };
  const kinds = await count('kind');
  const ofKind = async (kind: string, total: number): Promise<Tile[]> => {
    const types = await count('spec.type', kind);
    const untyped = total - sumOf(types);
    const tiles: Tile[] = types.map(({ value, count: number }) => ({ kind, type: value, count: number }));
    return untyped > 0 ? [...tiles, { kind, type: undefined, count: untyped }] : tiles;
  };
  const tiles = await Promise.all(kinds.map(({ value, count: total }) => ofKind(value.toLowerCase(), total)));
  const rank = (kind: string) => (KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length);
  return { owners, total: sumOf(kinds), tiles: tiles.flat().sort((a, b) => b.count - a.count || rank(a.kind) - rank(b.kind)) };
}

function sumOf(facets: readonly Facet[]): number {
  return facets.reduce((sum, { count }) => sum + count, 0);
}

/** The catalog's table of exactly what a tile counts. */
function listQuery({ kind, type }: Tile, owners: readonly string[]): string {
  const query = new URLSearchParams({ kind, ...(type && { type }) });
  owners.forEach(owner => query.append('owner', owner));
  return query.toString();
}
