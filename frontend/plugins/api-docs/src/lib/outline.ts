/** A line of a source that one may want to go to. */
export interface OutlineEntry {
  kind: string;
  name: string;
  /** Counted from one. */
  line: number;
}

const PATTERNS: Readonly<Record<string, RegExp>> = {
  graphql: /^(?:extend\s+)?(type|interface|input|enum|union|scalar)\s+(\w+)/,
  grpc: /^\s*(service|rpc|message|enum)\s+(\w+)/,
};

/** The declarations in a GraphQL schema or a protobuf file, in their order. */
export function outlineOf(type: string, source: string): OutlineEntry[] {
  const pattern = PATTERNS[type];
  return pattern
    ? source.split('\n').flatMap((line, index) => {
        const [, kind, name] = pattern.exec(line) ?? [];
        return kind && name ? [{ kind, name, line: index + 1 }] : [];
      })
    : [];
}
