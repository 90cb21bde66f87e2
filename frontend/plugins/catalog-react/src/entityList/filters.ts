import type { EntityOrder, FilterSet, Predicate } from '@callboard/catalog-client';
import {
  DEFAULT_NAMESPACE,
  isOrphan,
  processingErrors,
  relationTargets,
  RELATION_OWNED_BY,
  specString,
  stringifyEntityRef,
  tryParse,
  type Entity,
} from '@callboard/catalog-model';
import { entityTitle } from '../entities/presentation';
import { anyOf, NOTHING, STATUS_FILTERS, TEXT_FIELDS } from '../entityIndex/lib/selection';

/**
 * One condition on what a list shows. What the catalog can decide it is asked for; the rest is decided here, of the entities that
 * have come. Plugins write their own.
 */
export interface EntityFilter {
  getCatalogFilters?(): FilterSet;
  /** For what a filter cannot say. */
  getCatalogQuery?(): Predicate | undefined;
  /** Where the catalog decides already it is not asked again. */
  filterEntity?(entity: Entity): boolean;
  /** How it stands in the address; one without is not kept there. */
  toQueryValue?(): string | string[];
}

/** Whose entities a list shows. */
export type UserListFilterKind = 'owned' | 'starred' | 'all';

/** A condition with values of which one must be had. */
abstract class ValuesFilter implements EntityFilter {
  constructor(
    readonly values: string[],
    private readonly path: string,
  ) {}

  getCatalogFilters(): FilterSet {
    return this.values.length > 0 ? { [this.path]: this.values } : {};
  }

  filterEntity(entity: Entity): boolean {
    const had = this.valuesOf(entity).map(value => value.toLowerCase());
    return this.values.length === 0 || this.values.some(value => had.includes(value.toLowerCase()));
  }

  toQueryValue(): string[] {
    return this.values;
  }

  protected abstract valuesOf(entity: Entity): readonly string[];
}

export class EntityKindFilter implements EntityFilter {
  constructor(
    readonly value: string,
    /** How the kind is called on screen. */
    readonly label: string = value,
  ) {}

  getCatalogFilters(): FilterSet {
    return { kind: this.value };
  }

  toQueryValue(): string {
    return this.value;
  }
}

export class EntityTypeFilter implements EntityFilter {
  constructor(readonly value: string | string[]) {}

  getTypes(): string[] {
    return [this.value].flat();
  }

  getCatalogFilters(): FilterSet {
    return this.getTypes().length > 0 ? { 'spec.type': this.getTypes() } : {};
  }

  toQueryValue(): string[] {
    return this.getTypes();
  }
}

export class EntityTagFilter extends ValuesFilter {
  constructor(values: string[]) {
    super(values, 'metadata.tags');
  }

  protected valuesOf({ metadata }: Entity): readonly string[] {
    return metadata.tags ?? [];
  }
}

/** Owners may be written short: a name is a group's. */
export class EntityOwnerFilter extends ValuesFilter {
  constructor(values: string[]) {
    super(values.map(fullOwner), `relations.${RELATION_OWNED_BY}`);
  }

  protected valuesOf(entity: Entity): readonly string[] {
    return relationTargets(entity, RELATION_OWNED_BY);
  }
}

function fullOwner(value: string): string {
  const parts = tryParse(value, { defaultKind: 'group' });
  return parts ? stringifyEntityRef(parts) : value;
}

export class EntityLifecycleFilter extends ValuesFilter {
  constructor(values: string[]) {
    super(values, 'spec.lifecycle');
  }

  protected valuesOf(entity: Entity): readonly string[] {
    return [specString(entity, 'lifecycle') ?? ''];
  }
}

export class EntityNamespaceFilter extends ValuesFilter {
  constructor(values: string[]) {
    super(values, 'metadata.namespace');
  }

  protected valuesOf({ metadata }: Entity): readonly string[] {
    return [metadata.namespace ?? DEFAULT_NAMESPACE];
  }
}

/** Text in what entities are called; of whole lists in their tags as well. */
export class EntityTextFilter implements EntityFilter {
  constructor(readonly value: string) {}

  getFullTextFilters(): { term: string; fields: string[] } {
    return { term: this.value, fields: TEXT_FIELDS };
  }

  filterEntity(entity: Entity): boolean {
    const texts = [entity.metadata.name, entityTitle(entity), ...(entity.metadata.tags ?? [])].map(text => text.toLowerCase());
    const words = this.value.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every(word => texts.some(text => text.includes(word)));
  }

  toQueryValue(): string {
    return this.value;
  }
}

/** The entities of a person: what they own through, or what they have starred. */
export class EntityUserFilter implements EntityFilter {
  private constructor(
    readonly value: UserListFilterKind,
    readonly refs?: string[],
  ) {}

  static owned(ownershipEntityRefs: string[]): EntityUserFilter {
    return new EntityUserFilter('owned', ownershipEntityRefs);
  }

  static all(): EntityUserFilter {
    return new EntityUserFilter('all');
  }

  static starred(starredEntityRefs: string[]): EntityUserFilter {
    return new EntityUserFilter('starred', starredEntityRefs);
  }

  getCatalogFilters(): FilterSet {
    if (this.refs?.length === 0) {
      return NOTHING;
    }
    return this.value === 'owned' && this.refs ? { [`relations.${RELATION_OWNED_BY}`]: this.refs } : {};
  }

  getCatalogQuery(): Predicate | undefined {
    return this.value === 'starred' && this.refs?.length ? { $any: anyOf(this.refs) } : undefined;
  }

  filterEntity(entity: Entity): boolean {
    const own = this.value === 'owned' ? relationTargets(entity, RELATION_OWNED_BY) : [stringifyEntityRef(entity)];
    return this.value === 'all' || own.some(ref => this.refs?.includes(ref));
  }

  toQueryValue(): string {
    return this.value;
  }
}

/** The same decided here alone, of a list that is read whole. */
export class UserListFilter implements EntityFilter {
  constructor(
    readonly value: UserListFilterKind,
    readonly isOwnedEntity: (entity: Entity) => boolean,
    readonly isStarredEntity: (entity: Entity) => boolean,
  ) {}

  filterEntity(entity: Entity): boolean {
    return this.value === 'all' || (this.value === 'owned' ? this.isOwnedEntity(entity) : this.isStarredEntity(entity));
  }

  toQueryValue(): string {
    return this.value;
  }
}

/** What nothing declares any more; with `false` everything. */
export class EntityOrphanFilter implements EntityFilter {
  constructor(readonly value: boolean) {}

  getCatalogFilters(): FilterSet {
    return this.value ? STATUS_FILTERS.orphan : {};
  }

  filterEntity(entity: Entity): boolean {
    return !this.value || isOrphan(entity);
  }

  toQueryValue(): string[] {
    return this.value ? ['true'] : [];
  }
}

/** What could not be processed; with `false` everything. */
export class EntityErrorFilter implements EntityFilter {
  constructor(readonly value: boolean) {}

  getCatalogFilters(): FilterSet {
    return this.value ? STATUS_FILTERS.error : {};
  }

  filterEntity(entity: Entity): boolean {
    return !this.value || processingErrors(entity).length > 0;
  }

  toQueryValue(): string[] {
    return this.value ? ['true'] : [];
  }
}

/** In which order a list is read, the later deciding between what the earlier leave equal. */
export class EntityOrderFilter implements EntityFilter {
  constructor(readonly values: [field: string, order: 'asc' | 'desc'][]) {}

  getOrderFilters(): EntityOrder[] {
    return this.values.map(([field, order]) => ({ field, order }));
  }

  toQueryValue(): string[] {
    return this.values.map(one => one.join(','));
  }
}
