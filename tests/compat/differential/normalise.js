// Brings the answers of two servers into a form in which equal means equal to a client.
'use strict';

const refOf = ({ kind, metadata }) => `${kind}:${metadata?.namespace}/${metadata?.name}`.toLowerCase();

/** Without what no two installations share: uid, and the etag made with it. */
function withoutIdentity(value) {
  if (Array.isArray(value)) {
    return value.map(withoutIdentity);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value)
    .filter(([key]) => !['uid', 'etag', 'nextCursor', 'prevCursor', 'logId'].includes(key))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => [key, withoutIdentity(member)]);
  return Object.fromEntries(entries);
}

/** Without the ids of locations. */
function withoutIds(value) {
  return JSON.parse(JSON.stringify(value), (key, member) => (key === 'id' ? undefined : member));
}

const sortedFacets = facets =>
  Object.fromEntries(Object.entries(facets).map(([facet, counts]) => [facet, counts.map(({ value, count }) => `${value}: ${count}`).sort()]));

/** How an answer is compared: as it is, its items as a set, only its error, only the error's name, or only the status. */
function normalise(compare, { status, body }) {
  switch (compare) {
    case 'status':
      return { status };
    case 'error-name':
      return { status, name: body?.error?.name };
    case 'location':
      return { status, body: withoutIds(body) };
    case 'facets':
      return { status, facets: body?.facets && sortedFacets(body.facets) };
    case 'error':
      return { status, error: body?.error, request: body?.request, response: body?.response };
    case 'set': {
      const items = Array.isArray(body) ? body : body?.items;
      const sorted = [...(items ?? [])].sort((left, right) => (refOf(left) < refOf(right) ? -1 : 1));
      return withoutIdentity({ status, items: sorted, totalItems: body?.totalItems });
    }
    default:
      return withoutIdentity({ status, body });
  }
}

module.exports = { normalise, refOf, withoutIdentity, withoutIds };
