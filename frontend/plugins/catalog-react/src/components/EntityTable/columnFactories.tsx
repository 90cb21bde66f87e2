import { humanizeEntityRef, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { getEntityRelations } from '../../entities/relations';
import { EntityRefLinks } from '../references/EntityRefLinks';
import { COLUMNS, type EntityColumn, type Untitled } from './columns';

/** A column whose title may be one of ours, which is read where it is shown. */
export type EntityTableColumn = EntityColumn | Untitled;

/** The id of the column that stands first in every table, with names that lead to pages. */
export const NAME_COLUMN_ID = 'name';

/** Makes the columns of a table of entities, as plugins put them together. */
export const columnFactories = {
  createEntityRefColumn: (_options?: { defaultKind?: string }): EntityTableColumn => ({ id: NAME_COLUMN_ID, text: () => '', render: () => undefined }),
  /** What the entities' relations of one type lead to. */
  createEntityRelationColumn: (options: { title: string; relation: string; defaultKind?: string; filter?: { kind: string } }): EntityTableColumn => {
    const { title, relation, defaultKind, filter } = options;
    return {
      id: [relation, filter?.kind].filter(Boolean).join('-'),
      title,
      width: '18%',
      fields: ['relations'],
      text: (entity: Entity) => getEntityRelations(entity, relation, filter).map(target => stringifyEntityRef(target)).join(', '),
      render: (entity, references) => (
        <EntityRefLinks
          entityRefs={getEntityRelations(entity, relation, filter)}
          getTitle={target => references.title(stringifyEntityRef(target)) ?? humanizeEntityRef(target, { defaultKind })}
          fetchEntities={false}
        />
      ),
    };
  },
  createOwnerColumn: (): EntityTableColumn => COLUMNS.owner,
  createSystemColumn: (): EntityTableColumn => COLUMNS.system,
  createDomainColumn: (): EntityTableColumn => COLUMNS.domain,
  createMetadataDescriptionColumn: (): EntityTableColumn => COLUMNS.description,
  createSpecLifecycleColumn: (): EntityTableColumn => COLUMNS.lifecycle,
  createSpecTypeColumn: (): EntityTableColumn => COLUMNS.type,
  createTagsColumn: (): EntityTableColumn => COLUMNS.tags,
  createNamespaceColumn: (): EntityTableColumn => COLUMNS.namespace,
};
