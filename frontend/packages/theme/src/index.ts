/** Every colour, size and font of the portal, and how they reach the page. */
import './base.css';

export { CallboardThemeProvider } from './CallboardThemeProvider';
export * from './tokens';
