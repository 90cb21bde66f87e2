import { Link } from '../links/Link';
import { EmptyState } from '../errors/EmptyState';
import { useMessages } from '../translation';

/** Says which annotation an entity lacks for a plugin to have something to show, with the YAML to paste. */
export function MissingAnnotationEmptyState(props: {
  annotation: string | readonly string[];
  readMoreUrl?: string;
  /** What the value looks like. */
  example?: string;
}) {
  const text = useMessages().annotation;
  const { annotation, readMoreUrl, example = 'value' } = props;
  const names = [annotation].flat();
  const lines = names.map(name => `    ${name}: ${example}`);
  return (
    <EmptyState
      title={text.title}
      description={text.text(names.join(' and '))}
      example={{ text: ['metadata:', '  annotations:', ...lines].join('\n'), language: 'yaml', label: text.title }}
      action={readMoreUrl && <Link to={readMoreUrl}>{text.readMore}</Link>}
    />
  );
}
