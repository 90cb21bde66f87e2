import { relationTargets, specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import type { CatalogApi } from '@callboard/catalog-client';
import { Card, EmptyState, ErrorPanel, LoadingBlock, SegmentedControl, useFormats } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, KIND_ORDER, KindIcon, kindInfo, typeTitle, useEntity } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { groupsWithin } from '../hooks/useGroupTree';
import { useMessages } from '../translation';
import { catalogIndexRouteRef } from '../routes';
import styles from './org.module.css';

const MAX = 5000;

/** What a group or person owns, counted by kind and type, each count leading to the list. */
export function OwnershipCard() {
  const text = useMessages().ownership;
  const formats = useFormats();
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const catalogPath = useRouteRef(catalogIndexRouteRef)?.();
  const [which, setWhich] = useState<'direct' | 'all'>('direct');
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
        <ul className={styles.tiles}>
          {data.tiles.map(({ kind, type, count }) => {
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
            return (
              <li key={`${kind} ${type}`}>
                {catalogPath ? (
                  <Link className={styles.tile} to={`${catalogPath}?${listQuery(kind, type, data.owners)}`}>
                    {content}
                  </Link>
                ) : (
                  <span className={styles.tile}>{content}</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

interface Owned {
  owners: string[];
  total: number;
  tiles: { kind: string; type: string | undefined; count: number }[];
}

async function countOwned(catalogApi: CatalogApi, entity: Entity, which: 'direct' | 'all', signal: AbortSignal): Promise<Owned> {
  const within = which === 'all' && entity.kind.toLowerCase() === 'group' ? (await groupsWithin(catalogApi, entity, signal)).map(stringifyEntityRef) : [];
  const through = which === 'all' ? relationTargets(entity, 'memberOf') : [];
  const owners = [...new Set([stringifyEntityRef(entity), ...within, ...through])];
  const { items, totalItems } = await catalogApi.queryEntities(
    { filter: { 'relations.ownedBy': owners }, limit: MAX, fields: ['kind', 'spec.type'] },
    { signal },
  );
  const counts = new Map<string, Owned['tiles'][number]>();
  for (const owned of items) {
    const kind = owned.kind.toLowerCase();
    const type = specString(owned, 'type');
    const tile = counts.get(`${kind} ${type}`) ?? { kind, type, count: 0 };
    counts.set(`${kind} ${type}`, { ...tile, count: tile.count + 1 });
  }
  const rank = (kind: string) => (KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length);
  return {
    owners,
    total: totalItems,
    tiles: [...counts.values()].sort((a, b) => rank(a.kind) - rank(b.kind) || b.count - a.count),
  };
}

/** The catalog's table of exactly what a tile counts. */
function listQuery(kind: string, type: string | undefined, owners: readonly string[]): string {
  const query = new URLSearchParams({ kind, ...(type && { type }) });
  owners.forEach(owner => query.append('owner', owner));
  return query.toString();
}
