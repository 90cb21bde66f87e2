import { relationTargets, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Card, classes, ErrorPanel, LoadingBlock } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityChip, entityTitle, useEntity } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { groupsAbove, groupsWithin } from '../hooks/useGroupTree';
import { useMessages } from '../translation';
import styles from './org.module.css';

/** The group amid those above and within it. */
export function HierarchyCard() {
  const text = useMessages().hierarchy;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'hierarchy', ref],
    queryFn: async ({ signal }) => {
      const [above, within] = await Promise.all([groupsAbove(catalogApi, entity, signal), groupsWithin(catalogApi, entity, signal)]);
      return { above: above.reverse(), within };
    },
  });
  return (
    <Card title={text.title}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={96} />
      ) : data.above.length === 0 && data.within.length === 1 ? (
        <p className={styles.muted}>{text.alone}</p>
      ) : (
        <Chain above={data.above} group={entity} within={new Map(data.within.map(group => [stringifyEntityRef(group), group]))} />
      )}
    </Card>
  );
}

/** The way down from the top, then the tree. */
function Chain(props: { above: readonly Entity[]; group: Entity; within: ReadonlyMap<string, Entity> }) {
  const { above, group, within } = props;
  const [top, ...rest] = above;
  return (
    <ul className={styles.tree}>
      {top ? (
        <li>
          <EntityChip entityRef={stringifyEntityRef(top)} title={entityTitle(top)} />
          <Chain above={rest} group={group} within={within} />
        </li>
      ) : (
        <Branch group={group} within={within} current path={[]} />
      )}
    </ul>
  );
}

function Branch(props: { group: Entity; within: ReadonlyMap<string, Entity>; current?: boolean; path: readonly string[] }) {
  const { group, within, current, path } = props;
  const ref = stringifyEntityRef(group);
  const children = relationTargets(group, 'parentOf')
    .filter(child => child !== ref && !path.includes(child))
    .flatMap(child => within.get(child) ?? []);
  return (
    <li>
      <span className={classes(current && styles.current)} aria-current={current ? 'true' : undefined}>
        <EntityChip entityRef={ref} title={entityTitle(group)} />
      </span>
      {children.length > 0 && (
        <ul className={styles.tree}>
          {children.map(child => (
            <Branch key={stringifyEntityRef(child)} group={child} within={within} path={[...path, ref]} />
          ))}
        </ul>
      )}
    </li>
  );
}
