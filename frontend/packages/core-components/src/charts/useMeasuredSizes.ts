import { useCallback, useLayoutEffect, useRef, useState } from 'react';

interface Size {
  width: number;
  height: number;
}

/** How large each drawn part turns out, by its id; none until they have been drawn once. */
export function useMeasuredSizes(isWanted: boolean): { sizes: ReadonlyMap<string, Size>; register(id: string): (element: SVGGElement | null) => void } {
  const elements = useRef(new Map<string, SVGGElement>());
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());

  // After each drawing: only what is drawn tells how large it is, and only a change draws anew.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    if (!isWanted) {
      return;
    }
    // Not every browser lays out what is not shown; those parts keep the size of their names.
    const measured = [...elements.current].flatMap(([id, element]) => {
      const { width = 0, height = 0 } = element.getBBox?.() ?? {};
      return width > 0 ? [[id, { width, height }] as const] : [];
    });
    const isChanged = measured.some(([id, { width, height }]) => {
      const before = sizes.get(id);
      return Math.abs((before?.width ?? 0) - width) > 1 || Math.abs((before?.height ?? 0) - height) > 1;
    });
    if (isChanged) {
      setSizes(new Map(measured));
    }
  });

  const register = useCallback(
    (id: string) => (element: SVGGElement | null) => {
      if (element) {
        elements.current.set(id, element);
      } else {
        elements.current.delete(id);
      }
    },
    [],
  );
  return { sizes, register };
}
