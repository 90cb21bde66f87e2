import { relationTargets, specObject, specString, type Entity } from '@callboard/catalog-model';
import { Card, Link, MetadataList, Tag } from '@callboard/core-components';
import { EntityChip, isKind, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import type { ReactNode } from 'react';
import { messages } from '../../messages';
import { LifecycleTag } from '../LifecycleTag';
import styles from './cards.module.css';

const text = messages.about;

/** What the entity says of itself. */
export function AboutCard() {
  const { entity } = useEntity();
  const { description, tags = [] } = entity.metadata;
  const targets = [entity.spec?.target, entity.spec?.targets].flat().filter(target => typeof target === 'string');
  const email = specObject(entity, 'profile')?.email;
  return (
    <Card title={text.title}>
      {(description || !speaksForItself(entity)) && (
        <p className={description ? styles.description : styles.faint}>{description ?? text.noDescription}</p>
      )}
      <MetadataList
        items={[
          { label: text.owner, value: owners(entity) },
          { label: text.system, value: <References refs={ofKind(relationTargets(entity, 'partOf'), 'system')} /> },
          { label: text.domain, value: <References refs={ofKind(relationTargets(entity, 'partOf'), 'domain')} /> },
          { label: text.subcomponentOf, value: <References refs={ofKind(relationTargets(entity, 'partOf'), 'component')} /> },
          { label: text.parent, value: <References refs={relationTargets(entity, 'childOf')} /> },
          { label: text.type, value: specString(entity, 'type') },
          { label: text.lifecycle, value: specString(entity, 'lifecycle') && <LifecycleTag lifecycle={specString(entity, 'lifecycle')} /> },
          { label: text.email, value: typeof email === 'string' && email ? <Link to={`mailto:${email}`}>{email}</Link> : undefined },
          { label: text.targets, value: targets.length > 0 ? targets.map(target => <div key={target}>{target}</div>) : undefined },
          { label: text.tags, value: tags.length > 0 ? <span className={styles.tags}>{tags.map(tag => <Tag key={tag}>{tag}</Tag>)}</span> : undefined },
        ].filter(({ value }) => !isEmptyReferences(value))}
      />
    </Card>
  );
}

/** People need no description, and what the catalog adds for a registration has no file to write one in. */
const speaksForItself = isKind('user', 'location');

const isOwnable = isKind('component', 'api', 'resource', 'system', 'domain', 'template');

function owners(entity: Entity): ReactNode {
  const refs = relationTargets(entity, 'ownedBy');
  return refs.length > 0 ? <References refs={refs} /> : isOwnable(entity) && <span className={styles.faint}>{text.noOwner}</span>;
}

function ofKind(refs: string[], kind: string): string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}

function isEmptyReferences(value: ReactNode): boolean {
  const refs = (value as { props?: { refs?: string[] } } | undefined)?.props?.refs;
  return value === false || refs?.length === 0;
}

function References({ refs }: { refs: string[] }) {
  const references = useEntitiesByRefs(refs);
  return (
    <span className={styles.references}>
      {refs.map(ref => (
        <EntityChip key={ref} entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
      ))}
    </span>
  );
}
