import type { Entity } from '@callboard/catalog-model';
import { CodeBlock } from '@callboard/core-components';
import { useMemo } from 'react';
import { stringify } from 'yaml';
import { useMessages } from '../../translation';

/** The whole document as the catalog keeps it, to be read and copied. */
export function EntitySource({ entity, format }: { entity: Entity; format: 'yaml' | 'json' }) {
  const messages = useMessages();
  const source = useMemo(
    () => (format === 'json' ? JSON.stringify(entity, undefined, 2) : stringify(entity, { lineWidth: 0 })),
    [entity, format],
  );
  return <CodeBlock text={source} language={format} label={messages.inspect.descriptor} numbered />;
}
