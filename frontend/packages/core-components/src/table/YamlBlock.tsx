import { stringify } from 'yaml';
import { CodeBlock } from '../code/CodeBlock';

/** A value as source text. */
export function YamlBlock({ value }: { value: unknown }) {
  return <CodeBlock text={stringify(value)} language="yaml" />;
}
