import { DEFAULT_NAMESPACE, specObject, specString, tryParse, type Entity } from '@callboard/catalog-model';
import { Link, Skeleton, Tag, type DataColumn } from '@callboard/core-components';
import type { ApiHolder } from '@callboard/core-plugin-api';
import { useMemo, type ReactNode } from 'react';
import { typeTitle } from '../../entities/kinds';
import { refTitle } from '../../entities/presentation';
import type { ReferencedEntities } from '../../hooks/useEntitiesByRefs';
import { useMessages, type Messages } from '../../translation';
import { LifecycleTag } from '../LifecycleTag';
import { EntityRefLink } from '../references/EntityRefLink';
import type { ColumnValues } from './columnValues';
import { usePluginColumns } from './pluginColumns';
import styles from './EntityTable.module.css';

/** A column of the table, beside the name that every kind has. */
export interface EntityColumn extends Pick<DataColumn<Entity>, 'width'> {
  /** What a narrow table leaves out; `crowded`: only one of many columns. */
  optional?: DataColumn<Entity>['optional'] | 'crowded';
  /** One of ours, or the plugin that the column is of, as `lighthouse` or `lighthouse/score`. */
  id: string;
  title: string;
  /** What the server orders by; columns without cannot be sorted. */
  sortField?: string;
  /** The value as a file has it; columns without are in none. */
  text?(entity: Entity, value?: unknown): string;
  /** Whether the column has something to say of an entity; one with this is left out of a table where it has not for any. */
  isFor?(entity: Entity): boolean;
  /** Reads what the column shows of these entities beside what they say themselves, by their references. */
  values?(apis: ApiHolder, entities: readonly Entity[], options: { signal?: AbortSignal }): Promise<ReadonlyMap<string, unknown>>;
  /** What it reads of an entity beside what every table does. */
  fields?: readonly string[];
  render(entity: Entity, references: ReferencedEntities, values?: ColumnValues): ReactNode;
}

/** A column of ours as it is before anybody reads its title. */
export interface Untitled extends Omit<EntityColumn, 'title' | 'text'> {
  id: keyof Messages['columns'];
  text(entity: Entity): string;
}

type Options = Partial<Pick<EntityColumn, 'width' | 'optional' | 'sortField' | 'render'>>;

const column = (id: Untitled['id'], text: Untitled['text'], options: Options = {}): Untitled => ({
  id,
  text,
  render: entity => text(entity),
  ...options,
});

/** A column whose values are at a key of the spec, and refer to entities. */
const reference = (id: Untitled['id'], field: ReferenceField, options: Options = {}): Untitled =>
  column(id, entity => valuesIn(entity, field).join(', '), {
    width: '11%',
    render: (entity, references) => <References entity={entity} field={field} references={references} />,
    ...options,
  });

const spec = (id: Untitled['id'], width: string): Untitled =>
  column(id, entity => specString(entity, id) ?? '', { sortField: `spec.${id}`, width });

/** The columns of ours, by their ids. */
export const COLUMNS = {
  kind: column('kind', entity => entity.kind, { sortField: 'kind', width: '8%' }),
  owner: reference('owner', 'owner', { sortField: 'spec.owner', width: '13.5%' }),
  type: { ...spec('type', '9.7%'), render: (entity: Entity) => titleOfType(entity) },
  lifecycle: {
    ...spec('lifecycle', '10.4%'),
    render: (entity: Entity) => <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />,
  },
  system: reference('system', 'system', { sortField: 'spec.system', optional: 'crowded' }),
  domain: reference('domain', 'domain', { sortField: 'spec.domain' }),
  parent: reference('parent', 'parent', { sortField: 'spec.parent' }),
  groups: reference('groups', 'memberOf', { width: '18%' }),
  email: column('email', entity => emailOf(entity) ?? '', {
    sortField: 'spec.profile.email',
    width: '18%',
    render: entity => <Email address={emailOf(entity)} />,
  }),
  namespace: column('namespace', entity => entity.metadata.namespace ?? DEFAULT_NAMESPACE, {
    sortField: 'metadata.namespace',
    width: '9%',
  }),
  description: column('description', entity => entity.metadata.description ?? '', {
    width: '16%',
    optional: 'first',
    render: entity => <span title={entity.metadata.description}>{entity.metadata.description}</span>,
  }),
  targets: column('targets', entity => targetsOf(entity).join(', '), { width: '40%', render: entity => <Targets targets={targetsOf(entity)} /> }),
  tags: column('tags', entity => (entity.metadata.tags ?? []).join(', '), {
    width: '11%',
    optional: true,
    render: entity => <Tags tags={entity.metadata.tags ?? []} />,
  }),
} satisfies Partial<Record<Untitled['id'], Untitled>>;

type ColumnId = keyof typeof COLUMNS;

const GENERAL: ColumnId[] = ['owner', 'type', 'lifecycle', 'system', 'description', 'tags'];
const BY_KIND: Readonly<Record<string, ColumnId[]>> = {
  system: ['owner', 'domain', 'description', 'tags'],
  domain: ['owner', 'description', 'tags'],
  group: ['type', 'parent', 'description', 'tags'],
  user: ['groups', 'email', 'description', 'tags'],
  template: ['owner', 'type', 'description', 'tags'],
  location: ['type', 'targets'],
};
const ALL_KINDS: ColumnId[] = ['kind', 'owner', 'type', 'lifecycle', 'description', 'tags'];

/** What can be shown beside the columns of a kind. */
const EXTRA: Readonly<Record<string, ColumnId[]>> = {
  system: ['type', 'lifecycle'],
  domain: ['type', 'lifecycle'],
  group: ['owner', 'email'],
  template: ['lifecycle', 'system'],
  location: ['owner', 'description', 'tags'],
};

/** Columns by kind, those of plugins last, with titles in the chosen language. */
export function useEntityColumns() {
  const titles = useMessages().columns;
  const contributed = usePluginColumns();
  return useMemo(() => {
    const available = (kind: string | undefined): EntityColumn[] => [
      ...pick([...defaultsOf(kind), ...(kind ? (EXTRA[kind] ?? []) : (['system', 'domain'] as const)), 'namespace'], titles),
      ...contributed(kind),
    ];
    return {
      /** Those that mean something for a kind. The namespace is one of them only where there are several. */
      usual: (kind: string | undefined, hasNamespaces = false): EntityColumn[] => [
        ...pick([...defaultsOf(kind), ...(hasNamespaces ? (['namespace'] as const) : [])], titles),
        // Among all kinds there is no room for what says something of one.
        ...contributed(kind).filter(({ shown, kinds }) => shown && (kind !== undefined || !kinds)),
      ],
      /** Every one that can be shown for a kind, in the order in which they stand. */
      available,
      /** Those of a kind that are named. Chosen ones stay however narrow the table is. */
      chosen: (kind: string | undefined, ids: readonly string[]): EntityColumn[] =>
        available(kind)
          .filter(({ id }) => ids.includes(id))
          .map(one => ({ ...one, optional: undefined, isFor: undefined })),
    };
  }, [titles, contributed]);
}

/** What is asked for of entities that are shown in these columns. */
export function fieldsOf(columns: readonly EntityColumn[]): string[] {
  return [...new Set([...TABLE_FIELDS, ...columns.flatMap(({ fields }) => fields ?? [])])];
}

/** The members of an entity that columns show; a hub's thousands of relations are not among them. */
const TABLE_FIELDS = [
  'kind',
  ...['name', 'namespace', 'title', 'description', 'tags', 'etag'].map(field => `metadata.${field}`),
  ...['type', 'lifecycle', 'owner', 'system', 'domain', 'parent', 'memberOf', 'profile', 'target', 'targets'].map(
    field => `spec.${field}`,
  ),
];

function defaultsOf(kind: string | undefined): ColumnId[] {
  return kind === undefined ? ALL_KINDS : (BY_KIND[kind.toLowerCase()] ?? GENERAL);
}

/** Columns by id, in one order for all kinds. */
function pick(ids: readonly ColumnId[], titles: Messages['columns']): EntityColumn[] {
  return (Object.keys(COLUMNS) as ColumnId[]).filter(id => ids.includes(id)).map(id => ({ ...COLUMNS[id], title: titles[id] }));
}

/** Which kind a reference in a field is to when it does not say. */
const REFERENCE_FIELDS = { owner: 'group', system: 'system', domain: 'domain', parent: 'group', memberOf: 'group' } as const;
type ReferenceField = keyof typeof REFERENCE_FIELDS;

/** The references that the rows show by title. */
export function referencesOf(entities: readonly Entity[]): string[] {
  return entities.flatMap(entity =>
    (Object.keys(REFERENCE_FIELDS) as ReferenceField[]).flatMap(field => refsIn(entity, field).slice(0, SHOWN_REFERENCES)),
  );
}

/** The reference to the owner, in full. */
export function ownerOf(entity: Entity): string | undefined {
  return refsIn(entity, 'owner')[0];
}

function valuesIn(entity: Entity, field: ReferenceField): string[] {
  return [entity.spec?.[field]].flat().filter(value => typeof value === 'string');
}

function refsIn(entity: Entity, field: ReferenceField): string[] {
  const defaults = { defaultKind: REFERENCE_FIELDS[field], defaultNamespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE };
  return valuesIn(entity, field).flatMap(value => {
    const parts = tryParse(value, defaults);
    return parts ? `${parts.kind}:${parts.namespace}/${parts.name}`.toLowerCase() : [];
  });
}

const SHOWN_REFERENCES = 2;

function References(props: { entity: Entity; field: ReferenceField; references: ReferencedEntities }) {
  const { entity, field, references } = props;
  const refs = refsIn(entity, field);
  return (
    <span title={refs.length > SHOWN_REFERENCES ? refs.join('\n') : undefined}>
      {refs.slice(0, SHOWN_REFERENCES).map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <Reference entityRef={ref} defaultKind={REFERENCE_FIELDS[field]} references={references} />
        </span>
      ))}
      {refs.length > SHOWN_REFERENCES && ` +${refs.length - SHOWN_REFERENCES}`}
    </span>
  );
}

function Reference(props: { entityRef: string; defaultKind: string; references: ReferencedEntities }) {
  const { entityRef, defaultKind, references } = props;
  if (references.isPending(entityRef)) {
    return <Skeleton width="60%" />;
  }
  if (references.isMissing(entityRef)) {
    return <span className={styles.faint}>{refTitle(entityRef, defaultKind)}</span>;
  }
  return <EntityRefLink entityRef={entityRef} title={references.title(entityRef)} defaultKind={defaultKind} />;
}

function titleOfType(entity: Entity): string | undefined {
  const type = specString(entity, 'type');
  return type && typeTitle(type);
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

function emailOf(entity: Entity): string | undefined {
  const email = specObject(entity, 'profile')?.email;
  return typeof email === 'string' && email !== '' ? email : undefined;
}

function Email({ address }: { address: string | undefined }) {
  return address && <Link to={`mailto:${address}`}>{address}</Link>;
}

function targetsOf(entity: Entity): string[] {
  return [entity.spec?.target, entity.spec?.targets].flat().filter(target => typeof target === 'string');
}

function Targets({ targets: [first, ...rest] }: { targets: readonly string[] }) {
  return (
    <span title={[first, ...rest].join('\n')}>
      {first}
      {rest.length > 0 && ` +${rest.length}`}
    </span>
  );
}
