import { BottomLink, Card, EmptyState } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { EntityChip, useEntitiesByRefs, useStarredEntities } from '@callboard/plugin-catalog-react';
import { Star } from 'lucide-react';
import { useMessages } from '../../translation';
import { catalogIndexRouteRef } from '../../routes';
import { Row, Rows } from './Rows';
import { useListSettings } from './useListSettings';

/** The entities a person has starred, the latest first. */
export function StarredCard() {
  const text = useMessages().starred;
  const { starredEntities } = useStarredEntities();
  const { rows } = useListSettings();
  const catalogPath = useRouteRef(catalogIndexRouteRef)?.();
  const shown = [...starredEntities].reverse().slice(0, rows);
  const references = useEntitiesByRefs(shown);
  return (
    <Card title={text.title} count={starredEntities.size} flush>
      {shown.length === 0 ? (
        <EmptyState icon={Star} title={text.none} description={text.noneText} />
      ) : (
        <Rows>
          {shown.map(ref => (
            <Row key={ref}>
              <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
            </Row>
          ))}
        </Rows>
      )}
      {catalogPath && shown.length > 0 && <BottomLink link={`${catalogPath}?kind=all&list=starred`} title={text.all} />}
    </Card>
  );
}
