import { Route, Routes } from 'react-router-dom';
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
      <Route path="/compare" element={<ComparePage />} />
      <Route path="/trends" element={<TrendsPage />} />
    </Routes>
  );
}
