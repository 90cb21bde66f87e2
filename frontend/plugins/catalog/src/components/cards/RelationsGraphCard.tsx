import { stringifyEntityRef } from '@callboard/catalog-model';
import { Card, classes, useIsPhone } from '@callboard/core-components';
import { EntityChip, entityTitle, KindIcon, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { messages } from '../../messages';
import styles from './cards.module.css';
import { COLUMN_WIDTH, layoutGraph, NODE_HEIGHT } from './graphLayout';

const text = messages.relations;

/** The entity amid what leans on it and what it leans on. The list of the same is on the relations tab. */
export function RelationsGraphCard() {
  const { entity } = useEntity();
  const phone = useIsPhone();
  const [active, setActive] = useState<string>();
  const layout = layoutGraph(entity.relations);
  const shown = layout.groups.flatMap(({ nodes }) => nodes.flatMap(({ ref }) => ref ?? []));
  const references = useEntitiesByRefs(shown);
  const listLink = (
    <Link className={styles.cardLink} to="relations">
      {text.table}
    </Link>
  );

  return (
    <Card title={text.graph} actions={listLink}>
      {layout.groups.length === 0 ? (
        <p className={styles.faint}>{text.empty}</p>
      ) : (
        <div className={styles.scroller}>
          <div
            className={styles.graph}
            style={{ height: layout.height, minWidth: phone ? '620px' : undefined }}
            role="group"
            aria-label={text.graphDescription(entityTitle(entity), entity.relations?.length ?? 0)}
          >
            <svg viewBox={`0 0 100 ${layout.height}`} preserveAspectRatio="none" aria-hidden className={styles.edges}>
              {layout.edges.map(({ path, ref }) => (
                <path key={path} d={path} className={classes(styles.edge, ref !== undefined && ref === active && styles.edgeActive)} />
              ))}
            </svg>
            <div className={classes(styles.node, styles.center)} style={{ ...layout.center, width: `${COLUMN_WIDTH}%`, left: `${layout.center.left}%`, height: NODE_HEIGHT }}>
              <KindIcon kind={entity.kind} />
              <span className={styles.nodeText} title={stringifyEntityRef(entity)}>
                {entityTitle(entity)}
              </span>
            </div>
            {layout.groups.map(({ type, caption, left, top, nodes }) => (
              <section key={type} aria-label={caption}>
                <p className={styles.caption} style={{ left: `${left}%`, top, width: `${COLUMN_WIDTH}%` }}>
                  {caption}
                </p>
                {nodes.map(({ ref, more, ...place }) => (
                  <div
                    key={ref ?? 'more'}
                    className={styles.node}
                    style={{ left: `${place.left}%`, top: place.top, width: `${COLUMN_WIDTH}%`, height: NODE_HEIGHT }}
                    onMouseEnter={() => setActive(ref)}
                    onMouseLeave={() => setActive(undefined)}
                    onFocus={() => setActive(ref)}
                    onBlur={() => setActive(undefined)}
                  >
                    {ref ? (
                      <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
                    ) : (
                      <Link to="relations" className={styles.cardLink}>
                        {text.more(more ?? 0)}
                      </Link>
                    )}
                  </div>
                ))}
              </section>
            ))}
          </div>
        </div>
      )}
    </Card>
  );
}
