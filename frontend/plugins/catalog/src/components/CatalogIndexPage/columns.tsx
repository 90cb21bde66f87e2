import { DEFAULT_NAMESPACE, specString, tryParse, type Entity } from '@callboard/catalog-model';
import { Skeleton, Tag } from '@callboard/core-components';
import { EntityRefLink, refTitle, type ReferencedEntities } from '@callboard/plugin-catalog-react';
import type { ReactNode } from 'react';
import { messages } from '../../messages';
import { LifecycleTag } from '../LifecycleTag';
import styles from './entityTable.module.css';

/** A column of the table, beside the name that every kind has. */
export interface Column {
  id: keyof typeof messages.columns;
  title: string;
  /** What the server orders by; columns without cannot be sorted. */
  sortField?: string;
  render(entity: Entity, references: ReferencedEntities): ReactNode;
}

const column = (id: Column['id'], render: Column['render'], sortField?: string): Column => ({
  id,
  title: messages.columns[id],
  sortField,
  render,
});

export const nameColumn = { id: 'name', title: messages.columns.name, sortField: 'metadata.name' } as const;

const owner = column('owner', (entity, references) => <Reference entity={entity} field="owner" references={references} />, 'spec.owner');
const system = column('system', (entity, references) => <Reference entity={entity} field="system" references={references} />, 'spec.system');
const domain = column('domain', (entity, references) => <Reference entity={entity} field="domain" references={references} />, 'spec.domain');
const type = column('type', entity => specString(entity, 'type'), 'spec.type');
const kind = column('kind', entity => entity.kind, 'kind');
const lifecycle = column('lifecycle', entity => <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />, 'spec.lifecycle');
const description = column('description', entity => <span title={entity.metadata.description}>{entity.metadata.description}</span>);
const tags = column('tags', entity => <Tags tags={entity.metadata.tags ?? []} />);
const targets = column('targets', entity => <Targets entity={entity} />);

const byKind: Readonly<Record<string, Column[]>> = {
  resource: [owner, type, system, description, tags],
  system: [owner, domain, description, tags],
  domain: [owner, description, tags],
  group: [type, description, tags],
  user: [description, tags],
  template: [owner, type, description, tags],
  location: [type, targets],
};
const general = [owner, type, lifecycle, system, description, tags];

/** The columns that mean something for a kind. */
export function columnsOf(entityKind: string | undefined): Column[] {
  return entityKind === undefined ? [kind, ...general.filter(one => one !== system)] : (byKind[entityKind] ?? general);
}

/** Which kind a reference in a field is to when it does not say. */
const REFERENCE_FIELDS = { owner: 'group', system: 'system', domain: 'domain' } as const;
type ReferenceField = keyof typeof REFERENCE_FIELDS;

/** The references that the rows show by title. */
export function referencesOf(entities: readonly Entity[]): string[] {
  return entities.flatMap(entity =>
    (Object.keys(REFERENCE_FIELDS) as ReferenceField[]).flatMap(field => referenceIn(entity, field) ?? []),
  );
}

function referenceIn(entity: Entity, field: ReferenceField): string | undefined {
  const value = specString(entity, field);
  const parts =
    value &&
    tryParse(value, {
      defaultKind: REFERENCE_FIELDS[field],
      defaultNamespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
    });
  return parts ? `${parts.kind}:${parts.namespace}/${parts.name}`.toLowerCase() : undefined;
}

function Reference(props: { entity: Entity; field: ReferenceField; references: ReferencedEntities }) {
  const { entity, field, references } = props;
  const ref = referenceIn(entity, field);
  if (!ref) {
    return undefined;
  }
  if (references.isPending(ref)) {
    return <Skeleton width="60%" />;
  }
  if (references.isMissing(ref)) {
    return <span className={styles.faint}>{refTitle(ref, REFERENCE_FIELDS[field])}</span>;
  }
  return <EntityRefLink entityRef={ref} title={references.title(ref)} defaultKind={REFERENCE_FIELDS[field]} />;
}

const SHOWN_TAGS = 2;

function Tags({ tags: all }: { tags: readonly string[] }) {
  const rest = all.slice(SHOWN_TAGS);
  return (
    <span className={styles.tags} title={all.join(', ')}>
      {all.slice(0, SHOWN_TAGS).map(tag => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {rest.length > 0 && (
        <span className={styles.moreTags}>
          <Tag>+{rest.length}</Tag>
        </span>
      )}
    </span>
  );
}

function Targets({ entity }: { entity: Entity }) {
  const all = [entity.spec?.target, entity.spec?.targets].flat().filter(target => typeof target === 'string');
  return (
    <span title={all.join('\n')}>
      {all[0]}
      {all.length > 1 && ` +${all.length - 1}`}
    </span>
  );
}
