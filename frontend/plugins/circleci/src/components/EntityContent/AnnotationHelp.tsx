import { EmptyState } from '@callboard/core-components';
import { Workflow } from 'lucide-react';
import { EXAMPLE_ANNOTATION, useMessages } from '../../translation';

/** How an entity names its project, for one that does not, or wrongly. */
export function AnnotationHelp({ invalid }: { invalid: string | undefined }) {
  const messages = useMessages();
  return (
    <EmptyState
      icon={Workflow}
      title={invalid ? messages.invalid(invalid) : messages.missing}
      description={invalid ? messages.invalidText : messages.missingText}
      example={{ text: EXAMPLE_ANNOTATION, language: 'yaml', label: messages.example }}
    />
  );
}
