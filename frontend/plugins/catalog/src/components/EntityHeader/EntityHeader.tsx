import { relationTargets, specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { CopyButton, PageHeader, Skeleton } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import {
  EntityRefLink,
  entityRouteParams,
  entityRouteRef,
  entityTitle,
  KindIcon,
  kindInfo,
  LifecycleTag,
  refTitle,
  StarButton,
  useAsyncEntity,
  useEntitiesByRefs,
  useEntityLayoutOptions,
} from '@callboard/plugin-catalog-react';
import { useParams } from 'react-router-dom';
import { useMessages } from '../../translation';
import { useParentRefs } from '../../hooks/useParentRefs';
import { rootRouteRef } from '../../routes';
import { EntityActions } from './EntityActions';
import styles from './EntityHeader.module.css';

/** What the entity is, who owns it, and what can be done with it. */
export function EntityHeader() {
  const text = useMessages().entity;
  const { entity } = useAsyncEntity();
  const { kind = '', namespace = '', name = '' } = useParams();
  const catalogPath = useRouteRef(rootRouteRef)();
  const shownKind = entity?.kind ?? kind;
  return (
    <PageHeader
      title={entity ? entityTitle(entity) : name}
      titleSuffix={entity && <StarButton entity={entity} />}
      icon={<KindIcon kind={shownKind} size={40} />}
      breadcrumb={[
        { label: text.catalog, to: catalogPath },
        { label: kindInfo(shownKind).plural, to: `${catalogPath}?kind=${encodeURIComponent(shownKind.toLowerCase())}` },
        ...useParents(),
      ]}
      subtitle={
        <div className={styles.facts}>
          <Reference entityRef={stringifyEntityRef(entity ?? { kind, namespace, name })} />
          {entity ? <Facts entity={entity} /> : <Skeleton width={190} height={16} />}
        </div>
      }
      actions={entity ? <EntityActions entity={entity} /> : <Skeleton width={130} height={32} />}
    />
  );
}

/** What the entity belongs to, where the layout says by which relations. */
function useParents(): { label: string; to: string }[] {
  const { entity } = useAsyncEntity();
  const { parentEntityRelations } = useEntityLayoutOptions();
  const parents = useParentRefs(entity, parentEntityRelations);
  const references = useEntitiesByRefs(parents);
  const entityPath = useRouteRef(entityRouteRef);
  return parents.map(ref => ({ label: references.title(ref) ?? refTitle(ref), to: entityPath(entityRouteParams(ref)) }));
}

function Reference({ entityRef }: { entityRef: string }) {
  return (
    <span className={styles.ref}>
      <code>{entityRef}</code>
      <CopyButton text={entityRef} />
    </span>
  );
}

function Facts({ entity }: { entity: Entity }) {
  const text = useMessages().entity;
  const owners = relationTargets(entity, 'ownedBy');
  const references = useEntitiesByRefs(owners);
  return (
    <>
      {owners.length > 0 && (
        <span>
          {text.owner}{' '}
          {owners.map(owner => (
            <EntityRefLink key={owner} entityRef={owner} title={references.title(owner)} defaultKind="group" className={styles.strong} />
          ))}
        </span>
      )}
      <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />
    </>
  );
}
