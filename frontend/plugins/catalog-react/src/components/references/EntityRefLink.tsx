import { humanizeEntityRef, tryParse } from '@callboard/catalog-model';
import { useRouteRef } from '@callboard/core-plugin-api';
import { classes, PathLink, useClickEvent, VisuallyHidden } from '@callboard/core-components';
import { CircleHelp } from 'lucide-react';
import type { ComponentProps } from 'react';
import { isEntity, refOf, type EntityOrRef } from '../../entities/entityOrRef';
import { entityTitle, refTitle } from '../../entities/presentation';
import { entityRouteParams, entityRouteRef } from '../../routes';
import { useMessages } from '../../translation';
import { KindIcon } from '../KindIcon';
import styles from '../entities.module.css';

export interface EntityRefLinkProps extends Omit<ComponentProps<typeof PathLink>, 'to' | 'ref'> {
  entityRef: EntityOrRef;
  /** What it is called, where that is known. */
  title?: string;
  /** What the reader takes for granted. */
  defaultKind?: string;
  defaultNamespace?: string;
  /** Whether it has no mark of its kind, which is usual. */
  hideIcon?: boolean;
  /** Leaves out the reference that is shown where the pointer rests. */
  disableTooltip?: boolean;
}

/** A link to an entity's page. */
export function EntityRefLink(props: EntityRefLinkProps) {
  const { entityRef, title, defaultKind, defaultNamespace, hideIcon = true, disableTooltip, className, onClick, children, ...rest } = props;
  const ref = refOf(entityRef);
  const path = useEntityRefLink()(ref);
  const click = useClickEvent(path, { onClick });
  const shown = children ?? title ?? (isEntity(entityRef) ? entityTitle(entityRef) : humanizeEntityRef(ref, { defaultKind, defaultNamespace }));
  return (
    <PathLink {...rest} to={path} onClick={click} className={classes(styles.link, className)} title={disableTooltip ? undefined : ref}>
      {!hideIcon && <KindIcon kind={tryParse(ref, { defaultKind })?.kind ?? ''} />}
      {shown}
    </PathLink>
  );
}

/** The path of an entity's page. */
export function useEntityRefLink(): (entityRef: EntityOrRef) => string {
  const path = useRouteRef(entityRouteRef);
  return entityRef => path(entityRouteParams(entityRef));
}

/** An entity in a list: its kind's mark and its name. One that is not in the catalog says so and leads nowhere. */
export function EntityChip(props: {
  entityRef: string;
  title?: string;
  missing?: boolean;
  /** Leaves it to the icon to say that the entity is missing, where there is no room for words. */
  terse?: boolean;
}) {
  const messages = useMessages();
  const { entityRef, title, missing, terse } = props;
  const kind = tryParse(entityRef)?.kind ?? '';
  if (missing) {
    return (
      <span className={classes(styles.chip, styles.missing)} title={`${entityRef}: ${messages.missing}`}>
        <CircleHelp size={14} aria-hidden />
        <span className={styles.chipText}>{refTitle(entityRef)}</span>
        {terse ? <VisuallyHidden>{messages.missing}</VisuallyHidden> : <span className={styles.hint}>{messages.missing}</span>}
      </span>
    );
  }
  return (
    <span className={styles.chip}>
      <KindIcon kind={kind} />
      <EntityRefLink entityRef={entityRef} title={title} defaultKind={kind} className={styles.chipText} />
    </span>
  );
}
