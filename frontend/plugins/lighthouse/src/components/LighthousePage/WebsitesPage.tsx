import { Content, EmptyState, ErrorPanel, PageHeader, PageTurner } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { Gauge, Plus } from 'lucide-react';
import { Link, useSearchParams } from 'react-router-dom';
import { useWebsites } from '../../hooks/useLighthouse';
import { useMessages } from '../../translation';
import { createAuditRouteRef } from '../../routes';
import { Introduction, IntroductionButton, useIntroduction } from './Introduction';
import { WebsiteTable } from './WebsiteTable';

const PAGE = 10;

/** Every audited website with its latest scores and where they are heading. */
export function WebsitesPage() {
  const messages = useMessages();
  const [params, setParams] = useSearchParams();
  const page = Math.max(1, Number(params.get('page')) || 1);
  const offset = (page - 1) * PAGE;
  const { data, error, isPlaceholderData, refetch } = useWebsites({ limit: PAGE, offset });
  const introduction = useIntroduction();
  const createPath = useRouteRef(createAuditRouteRef)();
  const turn = (to: number) => setParams(to > 1 ? { page: String(to) } : {});
  const create = (
    <Button component={Link} to={createPath} variant="contained" color="primary" startIcon={<Plus size={16} />}>
      {messages.create}
    </Button>
  );
  const to = Math.min(offset + (data?.items.length ?? 0), data?.total ?? 0);
  return (
    <>
      <PageHeader
        title={messages.plugin}
        subtitle={messages.subtitle}
        actions={
          <>
            {introduction.isDismissed && <IntroductionButton />}
            {create}
          </>
        }
      />
      <Content>
        {!introduction.isDismissed && <Introduction onDismiss={introduction.dismiss} />}
        {error && <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />}
        {data?.total === 0 ? (
          <EmptyState icon={Gauge} title={messages.emptyTitle} description={messages.emptyText} action={create} />
        ) : (
          !(error && !data) && <WebsiteTable websites={data?.items} stale={isPlaceholderData} />
        )}
        {data && data.total > 0 && (
          <PageTurner
            position={messages.position(offset + 1, to, data.total)}
            onPrevious={page > 1 ? () => turn(page - 1) : undefined}
            onNext={to < data.total ? () => turn(page + 1) : undefined}
          />
        )}
      </Content>
    </>
  );
}
