import { Fragment } from 'react';

/** A path, an address or a reference that, where it is too long for a line, goes on after a separator rather than within a word. */
export function Breakable({ children }: { children: string }) {
  return children.split(/(?<=[/?&])(?!\/)/).map((part, index) => (
    // The parts are never reordered.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
