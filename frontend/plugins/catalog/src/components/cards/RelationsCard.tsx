import { Card } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { useMessages } from '../../translation';
import { RelationGroups } from './RelationGroups';

/** Everything the entity is related to, by the kind of relation. */
export function RelationsCard() {
  const messages = useMessages();
  const { entity } = useEntity();
  return (
    <Card title={messages.relations.title} count={entity.relations?.length}>
      <RelationGroups entity={entity} />
    </Card>
  );
}
