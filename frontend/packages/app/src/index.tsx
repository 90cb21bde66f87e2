import '@callboard/theme/fonts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { root } from './App';

const container = document.getElementById('root');
if (!container) {
  throw new Error('The page has no element with id "root"');
}
createRoot(container).render(<StrictMode>{root}</StrictMode>);
