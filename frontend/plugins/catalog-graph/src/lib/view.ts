import { NODE_HEIGHT, NODE_WIDTH, type GraphLayout } from './layoutGraph';

/** What of a drawing is seen, and how large. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

interface Size {
  width: number;
  height: number;
}

export const MIN_SCALE = 0.05;
const MARGIN = 8;
/** A frame below this width is a phone's, which has no room for all of a graph. */
const NARROW = 600;
/** At this scale names, of 13 pixels, have 9, and can still be read. */
const LEGIBLE = 9 / 13;

/** All of a graph. */
export function wholeView(layout: GraphLayout, { width, height }: Size): View {
  const scale = Math.min(1, (width - 2 * MARGIN) / Math.max(1, layout.width), (height - 2 * MARGIN) / Math.max(1, layout.height));
  const bounded = Math.max(MIN_SCALE, scale);
  return {
    scale: bounded,
    x: width / 2 - (layout.left + layout.width / 2) * bounded,
    y: height / 2 - (layout.top + layout.height / 2) * bounded,
  };
}

/** How a graph is shown until somebody moves it: all of it, unless it would be too small on a phone, which shows what is around the root. */
export function firstView(layout: GraphLayout, size: Size, root: string | undefined): View {
  const whole = wholeView(layout, size);
  const place = root === undefined ? undefined : layout.places.get(root);
  if (!place || size.width >= NARROW || whole.scale >= LEGIBLE) {
    return whole;
  }
  return {
    scale: LEGIBLE,
    x: offset({ start: layout.left, length: layout.width, middle: place.x + NODE_WIDTH / 2, room: size.width }),
    y: offset({ start: layout.top, length: layout.height, middle: place.y + NODE_HEIGHT / 2, room: size.height }),
  };
}

/** Puts a point into the middle of the room, or as near to it as leaves no room empty. What has room enough is all there. */
function offset({ start, length, middle, room }: { start: number; length: number; middle: number; room: number }): number {
  const [first, last] = [MARGIN - start * LEGIBLE, room - MARGIN - (start + length) * LEGIBLE];
  return last > first ? (first + last) / 2 : Math.min(first, Math.max(last, room / 2 - middle * LEGIBLE));
}
