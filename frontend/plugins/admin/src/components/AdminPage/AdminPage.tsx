import { PageHeader, TabbedLayout } from '@callboard/core-components';
import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import type { TabId } from '../../adminConfig';
import { useAdminConfig } from '../../hooks/useAdminConfig';
import { useMessages } from '../../translation';
import { AuditTab } from '../audit/AuditTab';
import { CatalogTab } from '../catalog/CatalogTab';
import { HealthTab } from '../health/HealthTab';
import { EndpointFormPage } from '../proxy/EndpointFormPage';
import { EndpointPage } from '../proxy/EndpointPage';
import { EndpointsPage } from '../proxy/EndpointsPage';

const CONTENT: Record<TabId, ReactNode> = {
  health: <HealthTab />,
  proxy: (
    <Routes>
      <Route path="/" element={<EndpointsPage />} />
      <Route path="/endpoint" element={<EndpointPage />} />
      <Route path="/edit" element={<EndpointFormPage />} />
    </Routes>
  ),
  catalog: <CatalogTab />,
  audit: <AuditTab />,
};

/** Everything there is to look after, in tabs. */
export function AdminPage() {
  const messages = useMessages();
  const { tabs } = useAdminConfig();
  return (
    <>
      <PageHeader title={messages.title} subtitle={messages.subtitle} />
      <TabbedLayout>
        {tabs.map(id => (
          <TabbedLayout.Route key={id} path={`/${id}`} title={messages.tabs[id]}>
            {CONTENT[id]}
          </TabbedLayout.Route>
        ))}
      </TabbedLayout>
    </>
  );
}
