import { relationTargets } from '@callboard/catalog-model';
import { Card, Link, MetadataList, Persona } from '@callboard/core-components';
import { EntityChip, entityTitle, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import { profileOf } from '../lib/people';
import { useMessages } from '../translation';
import styles from './org.module.css';

/** Who it is and how to reach them; what the file says besides stands in the catalog's own card. */
export function ProfileCard() {
  const text = useMessages().profile;
  const { entity } = useEntity();
  const name = entityTitle(entity);
  const { email, picture } = profileOf(entity);
  const relations = [
    { label: text.children, refs: relationTargets(entity, 'parentOf') },
    { label: text.memberOf, refs: relationTargets(entity, 'memberOf') },
  ].filter(({ refs }) => refs.length > 0);
  return (
    <Card title={text.title}>
      <Persona name={name} picture={picture} contact={email && <Link to={`mailto:${email}`}>{email}</Link>}>
        {relations.length > 0 ? (
          <MetadataList items={relations.map(({ label, refs }) => ({ label, value: <Refs refs={refs} /> }))} />
        ) : (
          !email && <p className={styles.muted}>{text.empty}</p>
        )}
      </Persona>
    </Card>
  );
}

function Refs({ refs }: { refs: string[] }) {
  const references = useEntitiesByRefs(refs);
  return (
    <span className={styles.refs}>
      {refs.map(ref => (
        <EntityChip key={ref} entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
      ))}
    </span>
  );
}
