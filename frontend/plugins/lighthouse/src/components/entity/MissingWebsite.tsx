import { EmptyState } from '@callboard/core-components';
import { Gauge } from 'lucide-react';
import { EXAMPLE_ANNOTATION, useMessages } from '../../translation';

/** How an entity names its website, for one that does not. */
export function MissingWebsite() {
  const text = useMessages().entity;
  return (
    <EmptyState
      icon={Gauge}
      title={text.missing}
      description={text.missingText}
      example={{ text: EXAMPLE_ANNOTATION, language: 'yaml', label: text.example }}
    />
  );
}
