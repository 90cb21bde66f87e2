import type { CatalogApi } from '@callboard/catalog-client';
import { humanizeEntityRef, specString, type Entity } from '@callboard/catalog-model';
import { createApiRef, createObservable, type IconComponent } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { isEntity, refOf, type EntityOrRef } from '../entities/entityOrRef';
import { kindInfo, typeTitle } from '../entities/kinds';
import { entityTitle, PRESENTATION_FIELDS } from '../entities/presentation';

/** How an entity is shown, as far as that is known. */
export interface EntityRefPresentationSnapshot {
  entityRef: string;
  /** What it is called. */
  primaryTitle: string;
  /** What tells it from others that are called the same. */
  secondaryTitle?: string;
  Icon?: IconComponent | false;
}

/** How an entity is shown: at once, and then with what is read of it. */
export interface EntityRefPresentation {
  snapshot: EntityRefPresentationSnapshot;
  /** Better ones as they come; none comes where the first is the best there is. */
  update$?: Observable<EntityRefPresentationSnapshot>;
  /** The best there is. It does not fail. */
  promise: Promise<EntityRefPresentationSnapshot>;
}

/** What the reader takes for granted. */
export interface PresentationContext {
  defaultKind?: string;
  defaultNamespace?: string;
}

/** Decides how entities are shown wherever they are referred to. */
export interface EntityPresentationApi {
  forEntity(entityOrRef: Entity | string, context?: PresentationContext): EntityRefPresentation;
}

export const entityPresentationApiRef = createApiRef<EntityPresentationApi>({ id: 'plugin.catalog.entity-presentation' });

/** How an entity is shown by what is at hand, without asking anybody. */
export function defaultEntityPresentation(
  entityOrRef: EntityOrRef,
  context: PresentationContext = {},
): EntityRefPresentationSnapshot {
  const entityRef = refOf(entityOrRef);
  const entity = isEntity(entityOrRef) ? entityOrRef : undefined;
  const kind = typeof entityOrRef === 'string' ? entityRef.slice(0, Math.max(0, entityRef.indexOf(':'))) : entityOrRef.kind;
  const primaryTitle = entity ? entityTitle(entity) : humanizeEntityRef(entityRef, context);
  const type = entity && specString(entity, 'type');
  const parts = [primaryTitle === entityRef ? undefined : entityRef, type && typeTitle(type), entity?.metadata.description];
  return {
    entityRef,
    primaryTitle,
    secondaryTitle: parts.filter(Boolean).join(' · ') || undefined,
    Icon: kindInfo(kind).icon,
  };
}

/** The same by an implementation of the portal's, where there is one. */
export function entityPresentationSnapshot(
  entityOrRef: EntityOrRef,
  context?: PresentationContext,
  presentationApi?: EntityPresentationApi,
): EntityRefPresentationSnapshot {
  const plain = isEntity(entityOrRef) ? entityOrRef : refOf(entityOrRef);
  return presentationApi?.forEntity(plain, context).snapshot ?? defaultEntityPresentation(plain, context);
}

/** What is asked for within this time is asked for together. */
const GATHER_MS = 10;
/** What was read is good for so long. */
const FRESH_MS = 60_000;

/** Shows entities by what the catalog says of them; of references it is asked, for many at once. */
export class CatalogEntityPresentation implements EntityPresentationApi {
  private readonly catalogApi: Pick<CatalogApi, 'getEntitiesByRefs'>;
  private readonly known = new Map<string, { at: number; entity: Promise<Entity | undefined> }>();
  private gathered: Promise<ReadonlyMap<string, Entity | undefined>> | undefined;
  private wanted: string[] = [];

  constructor({ catalogApi }: { catalogApi: Pick<CatalogApi, 'getEntitiesByRefs'> }) {
    this.catalogApi = catalogApi;
  }

  forEntity(entityOrRef: Entity | string, context?: PresentationContext): EntityRefPresentation {
    const snapshot = defaultEntityPresentation(entityOrRef, context);
    if (typeof entityOrRef !== 'string') {
      return { snapshot, promise: Promise.resolve(snapshot) };
    }
    const promise = this.entity(entityOrRef.toLowerCase())
      .catch(() => undefined)
      .then(entity => (entity ? { ...defaultEntityPresentation(entity, context), entityRef: entityOrRef } : snapshot));
    return { snapshot, promise, update$: arrivalOf(promise) };
  }

  private entity(ref: string): Promise<Entity | undefined> {
    const known = this.known.get(ref);
    if (known && Date.now() - known.at < FRESH_MS) {
      return known.entity;
    }
    this.wanted.push(ref);
    this.gathered ??= new Promise<void>(resolve => setTimeout(resolve, GATHER_MS)).then(() => this.readGathered());
    const entity = this.gathered.then(found => found.get(ref));
    this.known.set(ref, { at: Date.now(), entity });
    // What could not be read is asked for anew the next time.
    entity.catch(() => this.known.delete(ref));
    return entity;
  }

  private async readGathered(): Promise<ReadonlyMap<string, Entity | undefined>> {
    const entityRefs = this.wanted;
    this.wanted = [];
    this.gathered = undefined;
    const { items } = await this.catalogApi.getEntitiesByRefs({ entityRefs, fields: [...PRESENTATION_FIELDS, 'metadata.description'] });
    return new Map(entityRefs.map((ref, index) => [ref, items[index]]));
  }
}

function arrivalOf<T>(promise: Promise<T>): Observable<T> {
  return createObservable(next => {
    void promise.then(next);
    return () => undefined;
  });
}
