import { Breakable, Link } from '@callboard/core-components';

/** A location, such as `url:https://...`; a link where browsers can go there. */
export function LocationLink({ location }: { location: string }) {
  const [, target] = /^url:(https?:\/\/.+)$/.exec(location) ?? [];
  return target ? (
    <Link to={target}>
      <Breakable>{target}</Breakable>
    </Link>
  ) : (
    <code>
      <Breakable>{location}</Breakable>
    </code>
  );
}
