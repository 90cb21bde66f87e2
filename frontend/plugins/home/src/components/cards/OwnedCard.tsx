import { specString, stringifyEntityRef } from '@callboard/catalog-model';
import { BottomLink, Card, EmptyState, ErrorPanel, LoadingBlock } from '@callboard/core-components';
import { identityApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityChip, entityTitle, PRESENTATION_FIELDS } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { useMessages } from '../../translation';
import { catalogIndexRouteRef } from '../../routes';
import { Row, Rows } from './Rows';
import { useListSettings } from './useListSettings';
import styles from './cards.module.css';

/** The components that the person or one of their groups owns. */
export function OwnedCard() {
  const text = useMessages().owned;
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  const { rows } = useListSettings();
  const catalogPath = useRouteRef(catalogIndexRouteRef)?.();
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'home', 'owned', rows],
    queryFn: async ({ signal }) => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      return catalogApi.queryEntities(
        {
          filter: { kind: 'component', 'relations.ownedBy': ownershipEntityRefs },
          fields: PRESENTATION_FIELDS,
          orderFields: { field: 'metadata.name', order: 'asc' },
          limit: rows,
        },
        { signal },
      );
    },
  });
  return (
    <Card title={text.title} count={data?.totalItems} flush>
      {error ? (
        <div className={styles.padded}>
          <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <div className={styles.padded}>
          <LoadingBlock height={72} />
        </div>
      ) : data.items.length === 0 ? (
        <EmptyState icon={Box} title={text.none} description={text.noneText} />
      ) : (
        <Rows>
          {data.items.map(entity => (
            <Row key={stringifyEntityRef(entity)} fact={specString(entity, 'type')}>
              <EntityChip entityRef={stringifyEntityRef(entity)} title={entityTitle(entity)} />
            </Row>
          ))}
        </Rows>
      )}
      {catalogPath && data && data.items.length > 0 && <BottomLink link={`${catalogPath}?kind=component&list=owned`} title={text.all} />}
    </Card>
  );
}
