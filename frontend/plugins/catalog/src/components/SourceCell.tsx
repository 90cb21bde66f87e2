import type { Entity } from '@callboard/catalog-model';
import { entityTitle } from '@callboard/plugin-catalog-react';
import IconButton from '@mui/material/IconButton';
import { Code2, Pencil } from 'lucide-react';
import { sourceLinks } from '../lib/sourceLinks';
import { useMessages } from '../translation';

/** The ways to an entity's file, in a table of entities. */
export function SourceCell({ entity }: { entity: Entity }) {
  const text = useMessages().source;
  const { view, edit } = sourceLinks(entity);
  const title = entityTitle(entity);
  const link = (href: string, label: string, Icon: typeof Code2) => (
    <IconButton href={href} target="_blank" rel="noreferrer noopener" aria-label={label} title={label}>
      <Icon size={14} aria-hidden />
    </IconButton>
  );
  return (
    <>
      {view && link(view, text.view(title), Code2)}
      {edit && link(edit, text.edit(title), Pencil)}
    </>
  );
}
