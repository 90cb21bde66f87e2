import { useCallback, useState, type PointerEvent } from 'react';

const LARGEST = 8;
const SMALLEST = 0.1;

interface View {
  x: number;
  y: number;
  scale: number;
}

/** Lets a drawing be moved by dragging, and zoomed by Ctrl and the wheel, so that the page still scrolls over it. */
export function usePanZoom(width: number, height: number, isEnabled: boolean) {
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });

  const zoomBy = useCallback(
    (factor: number) =>
      setView(({ x, y, scale }) => {
        const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
        // The middle stays where it is.
        const dx = (width / scale - width / next) / 2;
        const dy = (height / scale - height / next) / 2;
        return { x: x + dx, y: y + dy, scale: next };
      }),
    [width, height],
  );

  // React listens to the wheel passively, and then the browser would zoom as well.
  const ref = useCallback(
    (element: SVGSVGElement | null) => {
      const onWheel = (event: WheelEvent) => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
        }
      };
      if (isEnabled) {
        element?.addEventListener('wheel', onWheel, { passive: false });
      }
      return () => {
        element?.removeEventListener('wheel', onWheel);
      };
    },
    [zoomBy, isEnabled],
  );

  const onPointerMove = useCallback(
    ({ movementX, movementY, buttons, currentTarget }: PointerEvent) => {
      if (!isEnabled || buttons === 0) {
        return;
      }
      const shown = currentTarget.clientWidth || width;
      setView(({ x, y, scale }) => {
        const unit = width / scale / shown;
        return { x: x - movementX * unit, y: y - movementY * unit, scale };
      });
    },
    [isEnabled, width],
  );

  return {
    ref,
    onPointerMove,
    zoomBy,
    reset: () => setView({ x: 0, y: 0, scale: 1 }),
    viewBox: `${view.x} ${view.y} ${Math.max(width, 1) / view.scale} ${Math.max(height, 1) / view.scale}`,
  };
}
