import { relationTargets, specString, type Entity } from '@callboard/catalog-model';
import { Card, Link, Markdown, MetadataList, Tag } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { EntityChip, isKind, LifecycleTag, typeTitle, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import IconButton from '@mui/material/IconButton';
import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { sourceLinks } from '../../lib/sourceLinks';
import { useMessages, type Messages } from '../../translation';
import { rootRouteRef } from '../../routes';
import styles from './cards.module.css';

/** What the entity says of itself. */
export function AboutCard() {
  const text = useMessages().about;
  const { entity } = useEntity();
  const { description, tags = [] } = entity.metadata;
  const targets = [entity.spec?.target, entity.spec?.targets].flat().filter(target => typeof target === 'string');
  const { edit } = sourceLinks(entity);
  const type = specString(entity, 'type');
  const items = [
    { label: text.owner, value: owners(entity, text) },
    { label: text.system, value: references(ofKind(relationTargets(entity, 'partOf'), 'system')) },
    { label: text.domain, value: references(ofKind(relationTargets(entity, 'partOf'), 'domain')) },
    { label: text.subcomponentOf, value: references(ofKind(relationTargets(entity, 'partOf'), 'component')) },
    { label: text.parent, value: references(relationTargets(entity, 'childOf')) },
    { label: text.type, value: type && typeTitle(type) },
    { label: text.lifecycle, value: specString(entity, 'lifecycle') && <LifecycleTag lifecycle={specString(entity, 'lifecycle')} /> },
    { label: text.targets, value: targets.length > 0 ? targets.map(target => <Target key={target} target={target} />) : undefined },
    { label: text.tags, value: tags.length > 0 ? <span className={styles.tags}>{tags.map(tag => <TagLink key={tag} kind={entity.kind} tag={tag} />)}</span> : undefined },
  ];
  const needsNone = speaksForItself(entity);
  if (needsNone && !description && items.every(({ value }) => value === undefined)) {
    return undefined;
  }
  return (
    <Card
      title={text.title}
      actions={
        edit && (
          <IconButton href={edit} target="_blank" rel="noreferrer noopener" aria-label={text.edit} title={text.edit}>
            <Pencil size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      {description && (
        <div className={styles.description}>
          <Markdown>{description}</Markdown>
        </div>
      )}
      {!description && !needsNone && <p className={styles.faint}>{text.noDescription}</p>}
      <MetadataList items={items} />
    </Card>
  );
}

/** A tag, and the way to everything of the kind that has it. */
function TagLink({ kind, tag }: { kind: string; tag: string }) {
  const catalogPath = useRouteRef(rootRouteRef)();
  return (
    <Link to={`${catalogPath}?${new URLSearchParams({ kind: kind.toLowerCase(), tag })}`} className={styles.tagLink}>
      <Tag>{tag}</Tag>
    </Link>
  );
}

function Target({ target }: { target: string }) {
  return <div>{/^https?:/i.test(target) ? <Link to={target}>{target}</Link> : target}</div>;
}

/** People need no description, and what the catalog adds for a registration has no file to write one in. */
const speaksForItself = isKind('user', 'location');

const isOwnable = isKind('component', 'api', 'resource', 'system', 'domain', 'template');

function owners(entity: Entity, text: Messages['about']): ReactNode {
  const noOwner = isOwnable(entity) ? <span className={styles.faint}>{text.noOwner}</span> : undefined;
  return references(relationTargets(entity, 'ownedBy')) ?? noOwner;
}

function ofKind(refs: string[], kind: string): string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}

function references(refs: string[]): ReactNode {
  return refs.length > 0 ? <References refs={refs} /> : undefined;
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
