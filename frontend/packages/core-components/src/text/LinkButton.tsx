import Button, { type ButtonProps } from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Link } from '../links/Link';

/** A link that looks like a button. */
export function LinkButton(props: Omit<ButtonProps<'a'>, 'href' | 'component'> & { to: string; noTrack?: boolean; children?: ReactNode }) {
  return <Button component={Link} {...props} />;
}

/** The same, by the name that plugins written for Backstage use. */
export { LinkButton as Button };

/** A button to what can be made, on a page that lists it. Shows nothing where there is no way to it. */
export function CreateButton({ title, to }: { title: string; to?: string }) {
  return (
    to && (
      <LinkButton to={to} variant="contained" color="primary">
        {title}
      </LinkButton>
    )
  );
}
