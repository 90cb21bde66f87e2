import { tryParse, type Entity, stringifyEntityRef } from '@callboard/catalog-model';
import { useRouteRef } from '@callboard/core-plugin-api';
import { classes, PathLink, VisuallyHidden } from '@callboard/core-components';
import { CircleHelp } from 'lucide-react';
import { useMessages } from '../translation';
import { entityTitle, refTitle } from '../presentation';
import { entityRouteParams, entityRouteRef } from '../routes';
import { KindIcon } from './KindIcon';
import styles from './entities.module.css';

/** A link to an entity's page. */
export function EntityRefLink(props: {
  entityRef: string | Entity;
  title?: string;
  /** The kind the reader takes for granted. */
  defaultKind?: string;
  className?: string;
}) {
  const { entityRef, title, defaultKind, className } = props;
  const path = useRouteRef(entityRouteRef);
  const ref = typeof entityRef === 'string' ? entityRef : stringifyEntityRef(entityRef);
  const shown = title ?? (typeof entityRef === 'string' ? refTitle(entityRef, defaultKind) : entityTitle(entityRef));
  return (
    <PathLink to={path(entityRouteParams(ref))} className={classes(styles.link, className)} title={ref}>
      {shown}
    </PathLink>
  );
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
