/** The parameters of an address with some of them set, or gone; what else stands there is the page's. */
export function changed(before: URLSearchParams, change: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) {
      after.delete(name);
    } else {
      after.set(name, value);
    }
  }
  return after;
}
