// Puts the configuration that browsers may see into the page while it is served for development.

const ELEMENT = /<script type="backstage\.io\/config">[\s\S]*?<\/script>/g;

/**
 * Takes the configuration out of the page of a running portal, so that what is in `app-config.yaml` holds in
 * development too. Without a portal the app starts with its defaults.
 *
 * @param {{ portal: string | undefined }} options The address of the portal.
 * @returns {import('vite').Plugin}
 */
export function pageConfig({ portal }) {
  return {
    name: 'callboard-page-config',
    apply: 'serve',
    async transformIndexHtml(html) {
      const elements = portal === undefined ? [] : await configOf(portal);
      return html.replace('<script', () => [...elements, '<script'].join(''));
    },
  };
}

async function configOf(/** @type {string} */ portal) {
  try {
    const response = await fetch(portal, { signal: AbortSignal.timeout(2000) });
    return (await response.text()).match(ELEMENT) ?? [];
  } catch {
    return [];
  }
}
