import { AppIcon, Card, EmptyState, Link, Time } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import { ChartNoAxesColumn, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePages, useVisits } from '../../hooks/useVisits';
import { latestFirst, mostFirst, pageOf, type Visit, type VisitedPage } from '../../lib/visits';
import { useMessages } from '../../translation';
import { Row, Rows } from './Rows';
import { useListSettings } from './useListSettings';
import styles from './cards.module.css';

/** The pages a person looked at last. */
export function RecentlyVisitedCard() {
  const messages = useMessages();
  const { visits } = useVisits();
  const { title, none, noneText } = messages.recent;
  return (
    <Card title={title} flush>
      <VisitList
        visits={latestFirst(visits)}
        empty={<EmptyState icon={History} title={none} description={noneText} />}
        renderFact={({ at }) => <Time at={new Date(at)} />}
      />
    </Card>
  );
}

/** The pages a person looks at most. */
export function TopVisitedCard() {
  const messages = useMessages();
  const { visits } = useVisits();
  const text = messages.top;
  return (
    <Card title={text.title} flush>
      <VisitList
        visits={mostFirst(visits)}
        empty={<EmptyState icon={ChartNoAxesColumn} title={text.none} description={text.noneText} />}
        renderFact={({ hits }) => text.visits(hits)}
      />
    </Card>
  );
}

/** Visits of pages that are still there; configuration may have moved others away. */
function VisitList(props: { visits: readonly Visit[]; empty: ReactNode; renderFact(visit: Visit): ReactNode }) {
  const { visits, empty, renderFact } = props;
  const pages = usePages();
  const { rows } = useListSettings();
  const known = visits.flatMap(visit => {
    const page = pageOf(visit.path, pages);
    return page ? [{ visit, page }] : [];
  });
  const shown = known.slice(0, rows);
  const references = useEntitiesByRefs(shown.flatMap(({ page }) => ('entityRef' in page ? page.entityRef : [])));
  if (shown.length === 0) {
    return empty;
  }
  return (
    <Rows>
      {shown.map(({ visit, page }) => (
        <Row key={visit.path} fact={renderFact(visit)}>
          {'entityRef' in page ? (
            <EntityChip
              entityRef={page.entityRef}
              title={references.title(page.entityRef)}
              missing={references.isMissing(page.entityRef)}
            />
          ) : (
            <PageChip page={page} />
          )}
        </Row>
      ))}
    </Rows>
  );
}

function PageChip({ page: { path, title, icon } }: { page: Extract<VisitedPage, { title: string }> }) {
  return (
    <span className={styles.page}>
      <AppIcon icon={icon} size={16} className={styles.icon} />
      <Link to={path}>{title}</Link>
    </span>
  );
}
