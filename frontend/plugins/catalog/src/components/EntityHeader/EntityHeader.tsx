import { relationTargets, specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { CopyButton, PageHeader, Skeleton } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import {
  EntityRefLink,
  entityTitle,
  KindIcon,
  kindInfo,
  LifecycleTag,
  StarButton,
  useAsyncEntity,
  useEntitiesByRefs,
} from '@callboard/plugin-catalog-react';
import { useParams } from 'react-router-dom';
import { useMessages } from '../../translation';
import { rootRouteRef } from '../../routes';
import { EntityActions } from './EntityActions';
import styles from './EntityHeader.module.css';

/** What the entity is, who owns it, and what can be done with it. */
export function EntityHeader() {
  const text = useMessages().entity;
  const { entity } = useAsyncEntity();
  const { kind = '', name = '' } = useParams();
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
      ]}
      subtitle={entity ? <Facts entity={entity} /> : <Skeleton width={320} height={16} />}
      actions={entity && <EntityActions entity={entity} />}
    />
  );
}

function Facts({ entity }: { entity: Entity }) {
  const text = useMessages().entity;
  const ref = stringifyEntityRef(entity);
  const owners = relationTargets(entity, 'ownedBy');
  const references = useEntitiesByRefs(owners);
  return (
    <div className={styles.facts}>
      <span className={styles.ref}>
        <code>{ref}</code>
        <CopyButton text={ref} />
      </span>
      {owners.length > 0 && (
        <span>
          {text.owner}{' '}
          {owners.map(owner => (
            <EntityRefLink key={owner} entityRef={owner} title={references.title(owner)} defaultKind="group" className={styles.strong} />
          ))}
        </span>
      )}
      <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />
    </div>
  );
}
