/** Moves the focus among the first links or buttons of rows, which `selector` finds within `root`; Enter then opens one. */
export function moveFocus(root: HTMLElement | null, selector: string, step: number): void {
  const targets = [...(root?.querySelectorAll(selector) ?? [])].flatMap(row => row.querySelector<HTMLElement>('a[href], button') ?? []);
  const current = targets.findIndex(target => target.closest(selector)?.contains(document.activeElement));
  targets[current === -1 ? 0 : Math.min(targets.length - 1, Math.max(0, current + step))]?.focus();
}
