/** What is read here of the issues of Valibot, with which our plugins write their schemas; see its `BaseIssue`. */
interface ValibotIssue {
  readonly message: string;
  readonly type: string;
  readonly input: unknown;
  /** What should stand there: a type, values joined by ` | `, `never`, or a condition such as `>=5`. */
  readonly expected: string | null;
  readonly received: string;
}

/** What is read here of the schemas of Valibot, which say what they are made of. */
interface ValibotSchema {
  readonly entries?: Record<string, ValibotSchema>;
  /** Of one that may be left out. */
  readonly wrapped?: ValibotSchema;
  /** Of the entries of a list, and of the values of a record. */
  readonly item?: ValibotSchema;
  readonly value?: ValibotSchema;
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'an object',
  Array: 'a list',
};

const RELATIONS: Record<string, string> = { '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than', '!': 'anything but' };

/** Whether Valibot itself worded a message; those that a schema gives say it better. */
const OWN_WORDS = /^Invalid ([^:]+): (?:Expected .* but received|Received) /;

/** An issue of Valibot as somebody would say it who does not know Valibot; `unknown` for a setting that does not exist. */
export function inPlainWords(issue: { readonly message: string }): string {
  const { type, input, expected, received, message } = issue as ValibotIssue;
  if (!OWN_WORDS.test(message)) {
    return `${message}, got ${shown(input)}`;
  }
  if (type === 'strict_object' && expected === 'never') {
    return 'unknown';
  }
  if (received === 'undefined') {
    return 'must be set';
  }
  return `must ${requirement(issue as ValibotIssue)}, got ${shown(input)}`;
}

function requirement({ type, expected, message }: ValibotIssue): string {
  const [, comparison, limit] = /^([<>]=?|!)(.*)$/.exec(expected ?? '') ?? [];
  if (type === 'non_empty' || (type === 'min_length' && limit === '1')) {
    return 'not be empty';
  }
  const relation = comparison && RELATIONS[comparison];
  if (relation) {
    return type.endsWith('length') ? `have ${relation} ${limit} entries or letters` : `be ${relation} ${limit}`;
  }
  if (expected === null) {
    return `be a valid ${OWN_WORDS.exec(message)?.[1]}`;
  }
  if (type === 'regex' || type === 'starts_with') {
    return `${type === 'regex' ? 'match' : 'start with'} ${expected}`;
  }
  const alternatives = expected.replace(/^\(|\)$/g, '').split(' | ');
  return `be ${alternatives.map(one => TYPES[one] ?? one).join(' or ')}`;
}

/** The settings that a schema of Valibot has at a place, none where it cannot be told. */
export function settingsAt(schema: object, path: readonly PropertyKey[]): string[] {
  let at: ValibotSchema | undefined = unwrapped(schema);
  for (const key of path) {
    at = unwrapped(at?.entries?.[String(key)] ?? at?.item ?? at?.value);
  }
  return Object.keys(at?.entries ?? {});
}

function unwrapped(schema: ValibotSchema | undefined): ValibotSchema | undefined {
  return schema?.wrapped ? unwrapped(schema.wrapped) : schema;
}

const LONGEST_VALUE = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
