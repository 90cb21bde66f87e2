// What is taken out of a report, and what is kept out of it.

const METRICS = {
  firstContentfulPaintMs: 'first-contentful-paint',
  largestContentfulPaintMs: 'largest-contentful-paint',
  totalBlockingTimeMs: 'total-blocking-time',
  cumulativeLayoutShift: 'cumulative-layout-shift',
  speedIndexMs: 'speed-index',
  timeToInteractiveMs: 'interactive',
  totalBytes: 'total-byte-weight',
};

/** Pages can bring half characters and zeros into texts, which a database does not take. */
function clean(text) {
  return text.toWellFormed().replaceAll('\0', '');
}

/** What lists and trends show, so that they never read a report. */
export function summaryOf(lhr) {
  const metrics = {};
  for (const [name, id] of Object.entries(METRICS)) {
    const value = lhr.audits[id]?.numericValue;
    if (Number.isFinite(value)) metrics[name] = value;
  }
  return {
    lighthouseVersion: lhr.lighthouseVersion,
    formFactor: lhr.configSettings.formFactor,
    categories: Object.values(lhr.categories).map(({ id, title, score }) => ({ id, title: clean(title), score })),
    metrics,
    runtimeError: lhr.runtimeError && { code: lhr.runtimeError.code, message: clean(lhr.runtimeError.message) },
  };
}

/** The report as JSON, without the secrets that the browser needed. */
export function redacted(lhr, url) {
  const { extraHeaders } = lhr.configSettings;
  if (extraHeaders) {
    lhr.configSettings.extraHeaders = Object.fromEntries(Object.keys(extraHeaders).map(name => [name, '[redacted]']));
  }
  const json = JSON.stringify(lhr);
  const { username, password } = new URL(url);
  if (!username && !password) return json;
  const credentials = password ? `${username}:${password}` : username;
  return json.replaceAll(`//${credentials}@`, '//');
}
