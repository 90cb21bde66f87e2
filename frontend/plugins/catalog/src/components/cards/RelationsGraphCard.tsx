import { Card, useIsPhone } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useMessages } from '../../translation';
import { RelationGroups } from './RelationGroups';
import { RelationsGraph } from './RelationsGraph';

/** The entity amid what leans on it and what it leans on, drawn or, behind a toggle, listed. */
export function RelationsGraphCard() {
  const text = useMessages().relations;
  const { entity } = useEntity();
  const phone = useIsPhone();
  const [chosen, setChosen] = useState<'graph' | 'list'>();
  const view = chosen ?? (phone ? 'list' : 'graph');
  const showList = () => setChosen('list');
  const hasRelations = (entity.relations?.length ?? 0) > 0;
  const toggle = hasRelations && (
    <Button variant="text" onClick={view === 'graph' ? showList : () => setChosen('graph')}>
      {view === 'graph' ? text.asList : text.asGraph}
    </Button>
  );
  return (
    <Card title={text.title} count={entity.relations?.length} actions={toggle}>
      {view === 'graph' && hasRelations ? (
        <RelationsGraph entity={entity} onShowAll={showList} />
      ) : (
        <RelationGroups entity={entity} />
      )}
    </Card>
  );
}
