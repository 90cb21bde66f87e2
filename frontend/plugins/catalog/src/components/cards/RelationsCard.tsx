import { Card } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { messages } from '../../messages';
import { RelationGroups } from './RelationGroups';

/** Everything the entity is related to, by the kind of relation. */
export function RelationsCard() {
  const { entity } = useEntity();
  return (
    <Card title={messages.relations.title} count={entity.relations?.length}>
      <RelationGroups entity={entity} />
    </Card>
  );
}
