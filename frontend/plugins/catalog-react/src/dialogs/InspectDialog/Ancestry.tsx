import { processingErrors, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { DependencyGraph, ErrorPanel, LoadingBlock, type DependencyEdge, type DependencyNode } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { createElement, useMemo } from 'react';
import { Link } from 'react-router-dom';
import { catalogApiRef } from '../../apis/catalogApi';
import { ancestryQueryKey } from '../../entities/entityQuery';
import { kindInfo } from '../../entities/kinds';
import { entityTitle } from '../../entities/presentation';
import { entityRouteParams, entityRouteRef } from '../../routes';
import { useMessages } from '../../translation';
import styles from './InspectDialog.module.css';

const HEIGHT = 36;
const CHARACTER_WIDTH = 7;
const LONGEST = 34;

/** An ancestor; the source of those that nothing in the catalog declares is none. */
type Ancestor = { entity?: Entity };

/** Where an entity comes from: what declares it, and what declares that, drawn from the top. */
export function Ancestry({ entity }: { entity: Entity }) {
  const text = useMessages().inspect;
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const { data, error, refetch } = useQuery({
    queryKey: ancestryQueryKey(ref),
    queryFn: ({ signal }) => catalogApi.getEntityAncestors({ entityRef: ref }, { signal }),
  });
  const graph = useMemo(() => {
    const items = (data?.items ?? []).map(item => ({ ...item, ref: stringifyEntityRef(item.entity) }));
    const nodes: DependencyNode<Ancestor>[] = items.map(item => ({ id: item.ref, entity: item.entity }));
    const edges: DependencyEdge[] = items.flatMap(({ ref: to, parentEntityRefs }) =>
      (parentEntityRefs.length > 0 ? parentEntityRefs : [text.root]).map(from => ({ from, to })),
    );
    return { nodes: [...nodes, { id: text.root }], edges };
  }, [data, text.root]);

  if (error) {
    return <ErrorPanel error={error} title={text.ancestryFailed} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <p className={styles.note}>{text.ancestryText}</p>
      {data ? (
        <DependencyGraph<Ancestor>
          label={text.ancestryOf(entityTitle(entity))}
          nodes={graph.nodes}
          edges={graph.edges}
          nodeSize={node => ({ width: widthOf(node), height: HEIGHT })}
          renderNode={({ node }) => <AncestorNode node={node} current={node.id === ref} />}
        />
      ) : (
        <LoadingBlock height={240} />
      )}
    </>
  );
}

function AncestorNode({ node, current }: { node: DependencyNode<Ancestor>; current: boolean }) {
  const text = useMessages().inspect;
  const path = useRouteRef(entityRouteRef);
  const { id, entity } = node;
  const width = widthOf(node);
  const box = <rect x={-width / 2} y={-HEIGHT / 2} width={width} height={HEIGHT} rx={6} />;
  if (!entity) {
    return (
      <g className={styles.root}>
        {box}
        <text textAnchor="middle">{id}</text>
      </g>
    );
  }
  const { icon, hue, title: kind } = kindInfo(entity.kind);
  const hasFailed = processingErrors(entity).length > 0;
  const title = entityTitle(entity);
  const shown = shorten(title);
  // What is seen has to be a part of the name, or who speaks it to their computer is not understood (WCAG 2.5.3).
  const words = [kind, shown, shown !== title && title, hasFailed && text.ancestorFailed].filter(Boolean).join(', ');
  return (
    <Link to={path(entityRouteParams(id))} className={styles.node} data-current={current} data-failed={hasFailed} aria-label={words}>
      <title>{id}</title>
      {box}
      {createElement(icon, { x: -width / 2 + 12, y: -8, size: 16, color: `var(--cb-kind-${hue})`, 'aria-hidden': true })}
      <text x={-width / 2 + 36}>{shown}</text>
    </Link>
  );
}

function widthOf({ id, entity }: DependencyNode<Ancestor>): number {
  return entity ? shorten(entityTitle(entity)).length * CHARACTER_WIDTH + 56 : id.length * CHARACTER_WIDTH + 24;
}

/** Long names are cut in the middle, since both their ends tell them apart. */
function shorten(title: string): string {
  const half = LONGEST / 2;
  return title.length > LONGEST ? `${title.slice(0, half)}…${title.slice(1 - half)}` : title;
}
