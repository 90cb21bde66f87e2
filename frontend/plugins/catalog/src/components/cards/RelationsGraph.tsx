import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { classes, useFormats } from '@callboard/core-components';
import { EntityChip, entityTitle, KindIcon, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import { useState } from 'react';
import { useMessages } from '../../translation';
import styles from './cards.module.css';
import { COLUMN_WIDTH, layoutGraph, NODE_HEIGHT } from './graphLayout';

/** A drawing of the entity's nearest relations. Nodes are links; the one in hand or under the pointer lights its edge. */
export function RelationsGraph({ entity, onShowAll }: { entity: Entity; onShowAll(): void }) {
  const text = useMessages().relations;
  const [active, setActive] = useState<string>();
  const layout = layoutGraph(entity.relations, useFormats().compare);
  const shown = layout.groups.flatMap(({ nodes }) => nodes.flatMap(({ ref }) => ref ?? []));
  const references = useEntitiesByRefs(shown);
  const place = (at: { left: number; top: number }) => ({
    left: `${at.left}%`,
    top: at.top,
    width: `${COLUMN_WIDTH}%`,
    height: NODE_HEIGHT,
  });

  return (
    <div className={styles.scroller}>
      <div
        className={styles.graph}
        style={{ height: layout.height }}
        role="group"
        aria-label={text.graphDescription(entityTitle(entity), entity.relations?.length ?? 0)}
      >
        <svg viewBox={`0 0 100 ${layout.height}`} preserveAspectRatio="none" aria-hidden className={styles.edges}>
          {layout.edges.map(({ path, ref }) => (
            <path key={path} d={path} className={classes(styles.edge, ref !== undefined && ref === active && styles.edgeActive)} />
          ))}
        </svg>
        <div className={classes(styles.node, styles.center)} style={place(layout.center)}>
          <KindIcon kind={entity.kind} />
          <span className={styles.nodeText} title={stringifyEntityRef(entity)}>
            {entityTitle(entity)}
          </span>
        </div>
        {layout.groups.map(({ type, caption, left, top, nodes }) => (
          <div key={type} role="group" aria-label={caption}>
            <p className={styles.caption} style={{ left: `${left}%`, top, width: `${COLUMN_WIDTH}%` }}>
              {caption}
            </p>
            {nodes.map(node => (
              // Only lights the edge; what can be operated is the link inside.
              // eslint-disable-next-line jsx-a11y/no-static-element-interactions
              <div
                key={node.ref ?? 'more'}
                className={styles.node}
                style={place(node)}
                onMouseEnter={() => setActive(node.ref)}
                onMouseLeave={() => setActive(undefined)}
                onFocus={() => setActive(node.ref)}
                onBlur={() => setActive(undefined)}
              >
                {node.ref ? (
                  <EntityChip
                    terse
                    entityRef={node.ref}
                    title={references.title(node.ref)}
                    missing={references.isMissing(node.ref)}
                  />
                ) : (
                  <button type="button" className={styles.moreNodes} onClick={onShowAll}>
                    {text.more(node.more ?? 0)}
                  </button>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
