import { Breakable, Link } from '@callboard/core-components';

/** A location, such as `url:https://...`; a link where browsers can go there. It goes on to other lines unless there is but one. */
export function LocationLink({ location, oneLine }: { location: string; oneLine?: boolean }) {
  const [, target] = /^url:(https?:\/\/.+)$/.exec(location) ?? [];
  const shown = target ? target.replace(/^https?:\/\//, '') : location;
  const content = oneLine ? shown : <Breakable>{target ?? location}</Breakable>;
  return target ? <Link to={target}>{content}</Link> : <code>{content}</code>;
}
