import { NotFoundErrorPage } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { createAuditRouteRef } from '../../routes';
import { AuditPage } from '../AuditPage/AuditPage';
import { ComparePage } from '../ComparePage/ComparePage';
import { CreateAuditPage } from '../CreateAuditPage/CreateAuditPage';
import { TrendsPage } from '../TrendsPage/TrendsPage';
import { WebsitesPage } from './WebsitesPage';

/** The plugin's pages. */
export function LighthousePage() {
  return (
    <Routes>
      <Route path="/" element={<WebsitesPage />} />
      <Route path="/audit/:id" element={<AuditPage />} />
      <Route path="/create-audit" element={<CreateAuditPage />} />
      <Route path="/create" element={<ToForm />} />
      <Route path="/compare" element={<ComparePage />} />
      <Route path="/trends" element={<TrendsPage />} />
      <Route path="*" element={<NotFoundErrorPage />} />
    </Routes>
  );
}

/** The form by its shorter address, with what it was asked to fill in. */
function ToForm() {
  const form = useRouteRef(createAuditRouteRef)();
  return <Navigate to={`${form}${useLocation().search}`} replace />;
}
