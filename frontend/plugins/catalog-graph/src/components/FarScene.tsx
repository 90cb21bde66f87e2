import { kindInfo } from '@callboard/plugin-catalog-react';
import { useEffect, useRef } from 'react';
import { edgePath, isTwin, type Curve } from '../lib/edgeLines';
import { NODE_HEIGHT, NODE_WIDTH, type Direction, type GraphLayout } from '../lib/layoutGraph';
import type { DrawnGraph } from '../lib/presentGraph';
import styles from './graph.module.css';

/** The graph from so far that no name could be read: thousands of boxes are quicker painted than kept as elements. */
export function FarScene(props: {
  graph: DrawnGraph;
  layout: GraphLayout;
  roots: readonly string[];
  direction: Direction;
  curve: Curve;
  view: { x: number; y: number; scale: number };
  size: { width: number; height: number };
}) {
  const { graph, layout, roots, direction, curve, view, size } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext?.('2d');
    if (!element || !context) {
      return;
    }
    const density = window.devicePixelRatio || 1;
    element.width = size.width * density;
    element.height = size.height * density;
    const token = colorsOf(element);
    context.setTransform(density * view.scale, 0, 0, density * view.scale, density * view.x, density * view.y);
    context.strokeStyle = token('--cb-border-strong');
    context.lineWidth = 0.75 / view.scale;
    const hasTwin = isTwin(graph.edges);
    context.stroke(new Path2D(graph.edges.map(edge => edgePath(layout, edge, { direction, curve, isTwin: hasTwin(edge) })).join(' ')));
    for (const { ref } of graph.nodes) {
      const place = layout.places.get(ref);
      if (place) {
        const kind = ref.slice(0, ref.indexOf(':'));
        context.fillStyle = token(roots.includes(ref) ? '--cb-accent' : `--cb-kind-${kindInfo(kind).hue}`);
        context.fillRect(place.x, place.y, NODE_WIDTH, NODE_HEIGHT);
      }
    }
  }, [graph, layout, roots, direction, curve, view.x, view.y, view.scale, size.width, size.height]);
  return <canvas ref={canvas} className={styles.far} aria-hidden />;
}

/** Reads the theme's colours, each once. */
function colorsOf(element: Element): (token: string) => string {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return token => {
    const color = known.get(token) ?? style.getPropertyValue(token);
    known.set(token, color);
    return color;
  };
}
