import { NotFoundErrorPage } from '@callboard/core-components';
import { Route, Routes } from 'react-router-dom';
import { ComponentsPage } from './ComponentsPage';
import { ProjectPage } from './ProjectPage';

/** The plugin's pages: all components, and one project. */
export function CircleCIPage() {
  return (
    <Routes>
      <Route path="/" element={<ComponentsPage />} />
      <Route path="/:vcs/:organization/:repository" element={<ProjectPage />} />
      <Route path="*" element={<NotFoundErrorPage />} />
    </Routes>
  );
}
