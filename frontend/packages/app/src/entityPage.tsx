import {
  EntityAboutCard,
  EntityDescriptor,
  EntityHeader,
  EntityLabelsCard,
  EntityLinksCard,
  EntityRelationsCard,
  EntityRelationsGraphCard,
  EntityWarnings,
} from '@callboard/plugin-catalog';
import { EntityLayout, EntitySwitch, isKind } from '@callboard/plugin-catalog-react';
import styles from './entityPage.module.css';

const overview = (
  <div className={styles.overview}>
    <div className={styles.warnings}>
      <EntityWarnings />
    </div>
    <div className={styles.column}>
      <EntityAboutCard />
      <EntityRelationsGraphCard />
    </div>
    <div className={styles.column}>
      <EntitySwitch>
        <EntitySwitch.Case if={isKind('location')}>{undefined}</EntitySwitch.Case>
        <EntitySwitch.Case>
          <EntityLinksCard />
        </EntitySwitch.Case>
      </EntitySwitch>
      <EntityLabelsCard />
    </div>
  </div>
);

/** What the page of an entity is made of. */
export const entityPage = (
  <EntityLayout header={<EntityHeader />}>
    <EntityLayout.Route path="/" title="Overview">
      {overview}
    </EntityLayout.Route>
    <EntityLayout.Route path="/relations" title="Relations">
      <EntityRelationsCard />
    </EntityLayout.Route>
    <EntityLayout.Route path="/descriptor" title="Descriptor">
      <EntityDescriptor />
    </EntityLayout.Route>
  </EntityLayout>
);
