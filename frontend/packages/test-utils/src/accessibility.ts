import axe from 'axe-core';

/** What axe finds wrong with part of a page, one line each; empty when nothing is. */
export async function accessibilityViolations(root: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(root, {
    // jsdom lays nothing out, so colours cannot be seen; part of a page need not have a page's landmarks.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
