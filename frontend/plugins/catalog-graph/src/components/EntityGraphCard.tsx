import { stringifyEntityRef } from '@callboard/catalog-model';
import { Card, ErrorPanel, LoadingBlock } from '@callboard/core-components';
import { useAnalytics, useRouteRef } from '@callboard/core-plugin-api';
import { entityRouteParams, entityRouteRef, entityTitle, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { Link, useNavigate } from 'react-router-dom';
import { useMessages } from '../translation';
import { catalogGraphRouteRef } from '../routes';
import { GraphView } from './GraphView';
import styles from './graph.module.css';
import { useGraph } from './useGraph';

const STYLE = { unidirectional: true, mergeRelations: true };

/** The graph one step around the page's entity. */
export function EntityGraphCard() {
  const messages = useMessages();
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const navigate = useNavigate();
  const analytics = useAnalytics();
  const graphPath = useRouteRef(catalogGraphRouteRef)();
  const entityPath = useRouteRef(entityRouteRef);
  const { data, error, refetch } = useGraph({ roots: [ref], depth: 1, kinds: [], pairs: [] }, STYLE);
  // A moment ago it was there, or its page would not be.
  const isMissing = data?.nodes.every(({ entity: found }) => !found) ?? false;
  return (
    <Card
      title={messages.card}
      flush={!error && !isMissing}
      actions={
        <Button component={Link} variant="text" to={`${graphPath}?${new URLSearchParams({ 'rootEntityRefs[]': ref })}`}>
          {messages.explore}
        </Button>
      }
    >
      {error ? (
        <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />
      ) : isMissing ? (
        <p>{messages.missingTitle(ref)}</p>
      ) : data ? (
        <div className={styles.card}>
          <GraphView
            graph={data}
            roots={[ref]}
            direction="LR"
            curve="curveMonotoneX"
            title={entityTitle(entity)}
            onChoose={(target, _open, name) => {
              const to = entityPath(entityRouteParams(target));
              analytics.captureEvent('click', name, { attributes: { to } });
              void navigate(to);
            }}
          />
        </div>
      ) : (
        <LoadingBlock height={320} />
      )}
    </Card>
  );
}
