/** A part of how a type is written; one that names a type of the document leads to it. */
export interface TypePart {
  text: string;
  /** The id of the entry it names. */
  to?: string;
}

/** A field, a value, an argument or a method. */
export interface SchemaMember {
  name: string;
  description: string;
  /** Why it should not be used any more; empty where no reason is given, undefined where it may be. */
  deprecated: string | undefined;
  /** Its number on the wire, or what is taken where nothing is given. */
  number?: number;
  initial?: string;
  type: TypePart[];
  args: SchemaMember[];
  /** Words that set it apart, such as that it is a stream. */
  marks: string[];
}

/** A declared type, or what can be asked and called. */
export interface SchemaEntry {
  /** Unique in the document, and what its address says. */
  id: string;
  name: string;
  /** As the language calls it: `type`, `input`, `service`, `message`. */
  keyword: string;
  description: string;
  deprecated: string | undefined;
  /** What it implements or is one of, each a type. */
  types: TypePart[][];
  members: SchemaMember[];
}

export const GROUP_NAMES = [
  'queries',
  'mutations',
  'subscriptions',
  'services',
  'objects',
  'messages',
  'inputs',
  'enums',
  'interfaces',
  'unions',
  'scalars',
  'directives',
  'extensions',
] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

export interface SchemaGroup {
  name: GroupName;
  entries: SchemaEntry[];
}

/** A document of types, as a person reads it. */
export interface SchemaDocument {
  /** What stands above all: the package and what it imports. */
  facts: { name: 'package' | 'imports'; values: string[] }[];
  groups: SchemaGroup[];
}

/** The groups that have something, in their order. */
export function groupsOf(entries: readonly (readonly [GroupName, SchemaEntry])[]): SchemaGroup[] {
  return GROUP_NAMES.map(name => ({ name, entries: entries.filter(([group]) => group === name).map(([, entry]) => entry) })).filter(
    group => group.entries.length > 0,
  );
}

/** A document that could not be read: what is wrong, with the lines around the place. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(problem: string, source: string, line: number | undefined, column?: number) {
    super(line === undefined ? problem : `${problem}\n\n${excerpt(source, line, column)}`);
  }
}

const LINES_AROUND = 2;

function excerpt(source: string, line: number, column: number | undefined): string {
  const lines = source.split('\n');
  const width = String(line + LINES_AROUND).length;
  return lines
    .slice(Math.max(0, line - 1 - LINES_AROUND), line + LINES_AROUND)
    .flatMap((text, index) => {
      const number = Math.max(1, line - LINES_AROUND) + index;
      const shown = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`;
      return number === line && column !== undefined ? [shown, `  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`] : [shown];
    })
    .join('\n');
}
