import type { Entity } from '@callboard/catalog-model';
import { TitledDialog } from '@callboard/core-components';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { entityTitle } from '../../entities/presentation';
import { useMessages } from '../../translation';
import { Ancestry } from './Ancestry';
import { Colocated } from './Colocated';
import { EntitySource } from './EntitySource';
import { InspectOverview } from './InspectOverview';
import styles from './InspectDialog.module.css';

const VIEWS = {
  overview: InspectOverview,
  ancestry: Ancestry,
  colocated: Colocated,
  yaml: ({ entity }: { entity: Entity }) => <EntitySource entity={entity} format="yaml" />,
  json: ({ entity }: { entity: Entity }) => <EntitySource entity={entity} format="json" />,
};
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as View[];

/** What the catalog knows of an entity beyond what it says of itself. */
export function InspectDialog(props: { entity: Entity; view: string; onView(view: string): void; onClose(): void }) {
  const text = useMessages().inspect;
  const { entity, view, onView, onClose } = props;
  // Backstage's links say `?inspect=raw-yaml`.
  const current = NAMES.find(one => one === view.replace(/^raw-/, '')) ?? 'overview';
  const Content = VIEWS[current];
  return (
    <TitledDialog title={text.title(entityTitle(entity))} maxWidth="md" onClose={onClose}>
      <Tabs
        value={current}
        variant="scrollable"
        scrollButtons={false}
        onChange={(_, next: string) => onView(next)}
        aria-label={text.views}
      >
        {NAMES.map(one => (
          <Tab key={one} value={one} label={text[one]} id={`inspect-${one}`} aria-controls="inspect-panel" disableRipple />
        ))}
      </Tabs>
      <div role="tabpanel" id="inspect-panel" aria-labelledby={`inspect-${current}`} className={styles.panel}>
        <Content entity={entity} />
      </div>
    </TitledDialog>
  );
}
