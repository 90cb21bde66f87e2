// Generated catalogs: every kind with every field it knows, in every spelling that the rules let pass, by a repeatable choice.
'use strict';

/** A repeatable source of choices. */
function chooser(seed) {
  let state = seed;
  const below = limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, of: list => list[below(list.length)], chance: percent => below(100) < percent };
}

const OWNERS = ['team-a', 'Team-B', 'group:other/team-c', 'user:jane', 'user:default/Joe', 'group:team-a'];
const TAGS = ['java', 'go', 'c++', 'c#', 'web:x', 'a-b'];
const WORDS = ['Service', 'service', 'LIBRARY', 'website', 'öffentlich', 'data base', '100%', 'a_b'];
/** What JSON can hold where a file may say anything. */
const ODD = [1, 1.0, -0, 1e21, 0.1, 12345678901234567890, true, false, null, '', ' x ', 'ß', 'İ', '😀', [], {}, [1, 'q', ['deep']], { Inner: { Key: 'V' } }, 'x'.repeat(200), 'x'.repeat(201), ['a', 'A', 'a']];

function metadata(choice, name) {
  const made = { name };
  if (choice.chance(30)) made.namespace = choice.of(['other', 'default', 'third-1']);
  if (choice.chance(40)) made.title = choice.of(WORDS);
  if (choice.chance(40)) made.description = choice.of(['', 'Some text', 'Zeile eins\nZeile zwei', '% _ \\ "quoted"']);
  if (choice.chance(50)) made.tags = TAGS.filter(() => choice.chance(40));
  if (choice.chance(40)) made.labels = { 'acme.com/Tier': choice.of(['1', 'A-b_c.d', '']), plain: choice.of(['x', 'Y']) };
  if (choice.chance(40)) made.annotations = { 'acme.com/Note': choice.of(WORDS), 'backstage.io/view-url': 'https://example.com/view', long: 'y'.repeat(choice.of([10, 300])) };
  if (choice.chance(30)) made.links = [{ url: 'https://example.com/a', title: 'A' }, { url: 'HTTP://Example.com', icon: 'dashboard', type: 't', extra: 1 }];
  if (choice.chance(50)) made.odd = choice.of(ODD);
  if (choice.chance(10)) made.etag = 'mine';
  return made;
}

function spec(choice, kind, names) {
  const type = choice.of(WORDS);
  const owner = choice.of(OWNERS);
  const other = of => choice.of(names[of]);
  const refs = (kindOf, count) => Array.from({ length: count }, () => `${choice.of([`${kindOf}:`, `${kindOf}:default/`, `${kindOf.toUpperCase()}:Other/`])}${other(kindOf)}`);
  switch (kind) {
    case 'Component':
      return {
        type,
        owner,
        lifecycle: choice.of(['production', 'Experimental', 'deprecated']),
        ...(choice.chance(50) && { system: other('system') }),
        ...(choice.chance(30) && { subcomponentOf: other('component') }),
        ...(choice.chance(50) && { providesApis: ['b', 'a', 'B', other('api')] }),
        ...(choice.chance(50) && { consumesApis: refs('api', 2) }),
        ...(choice.chance(50) && { dependsOn: [...refs('resource', 2), ...refs('component', 1)] }),
        ...(choice.chance(20) && { dependencyOf: refs('component', 1) }),
        ...(choice.chance(30) && { extra: choice.of(ODD) }),
      };
    case 'API':
      return { type, owner, lifecycle: 'production', definition: choice.of(['openapi: 3.1.0', 'x'.repeat(500), '{}']), ...(choice.chance(50) && { system: other('system') }) };
    case 'System':
      return { owner, ...(choice.chance(50) && { domain: other('domain') }), ...(choice.chance(30) && { type }) };
    case 'Domain':
      return { owner, ...(choice.chance(50) && { subdomainOf: other('domain') }) };
    case 'Resource':
      return { type, owner, ...(choice.chance(50) && { dependsOn: refs('resource', 2) }), ...(choice.chance(30) && { dependencyOf: refs('component', 2) }), ...(choice.chance(30) && { system: other('system') }) };
    case 'Group':
      return {
        type: 'team',
        children: choice.chance(50) ? [other('group'), other('group')] : [],
        ...(choice.chance(50) && { parent: other('group') }),
        ...(choice.chance(50) && { members: ['zoe', 'Jane', other('user')] }),
        ...(choice.chance(50) && { profile: { displayName: choice.of(WORDS), email: 'a@example.com' } }),
      };
    case 'User':
      return { memberOf: [other('group'), 'other/team-c', other('group')].slice(choice.below(3)), ...(choice.chance(50) && { profile: { displayName: choice.of(WORDS) } }) };
    default:
      return { type, owner, steps: [{ id: 'one', name: 'One', action: 'fetch:template', input: { url: './skeleton' } }], parameters: [{ title: 'x' }] };
  }
}

const KINDS = ['Component', 'API', 'System', 'Domain', 'Resource', 'Group', 'User', 'Template'];

/** `count` entities as JSON documents of YAML streams, `perFile` to a file: path to text. */
function generate(seed, count, perFile) {
  const choice = chooser(seed);
  const all = Array.from({ length: count }, (_, index) => ({ kind: KINDS[index % KINDS.length], name: `${choice.of(['', 'X-', 'a_', 'b.'])}${KINDS[index % KINDS.length].toLowerCase()}-${index}` }));
  const names = Object.fromEntries(KINDS.map(kind => [kind.toLowerCase(), all.filter(entity => entity.kind === kind).map(entity => entity.name)]));
  const files = new Map();
  for (let start = 0; start < all.length; start += perFile) {
    const documents = all.slice(start, start + perFile).map(({ kind, name }) => ({
      apiVersion: kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : choice.of(['backstage.io/v1alpha1', 'backstage.io/v1beta1']),
      kind,
      metadata: metadata(choice, name),
      spec: spec(choice, kind, names),
    }));
    files.set(`/generated/${start}.yaml`, documents.map(document => `---\n${JSON.stringify(document, null, 1)}\n`).join(''));
  }
  return files;
}

module.exports = { chooser, generate };
