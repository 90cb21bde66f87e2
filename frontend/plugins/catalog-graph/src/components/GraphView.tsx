import { relationInfo } from '@callboard/catalog-model';
import { classes } from '@callboard/core-components';
import { entityTitle, kindInfo, refTitle } from '@callboard/plugin-catalog-react';
import IconButton from '@mui/material/IconButton';
import { Expand, Maximize, Minus, Plus, Shrink } from 'lucide-react';
import { memo, useEffect, useEffectEvent, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { edgeLabels } from '../lib/edgeLabels';
import { edgePath, isTwin, type Curve } from '../lib/edgeLines';
import { layoutGraph, nodeAt, NODE_HEIGHT, NODE_WIDTH, type Direction, type GraphLayout } from '../lib/layoutGraph';
import type { GraphNode } from '../lib/loadGraph';
import { phraseOf, type DrawnGraph } from '../lib/presentGraph';
import { firstView, MIN_SCALE, wholeView, type View } from '../lib/view';
import { useMessages } from '../translation';
import { FarScene } from './FarScene';
import { useFullScreen } from './useFullScreen';
import styles from './graph.module.css';

const MAX_SCALE = 2;
const STEP = 64;
/** A pointer that moved further than this was dragging, not clicking. */
const CLICK_PIXELS = 4;
/** Below this scale no name could be read, so boxes are painted rather than drawn one by one. */
const READABLE = 0.35;

/** The drawing: moves by dragging or arrow keys, zooms by wheel or keys. What lies out of view is not drawn. */
export function GraphView(props: {
  graph: DrawnGraph;
  roots: readonly string[];
  direction: Direction;
  curve: Curve;
  title: string;
  /** A node was chosen: to go on from, or to open; with what it is called. */
  onChoose(ref: string, open: boolean, name: string): void;
}) {
  const messages = useMessages();
  const { graph, roots, direction, curve, title, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(frame);
  const [size, setSize] = useState({ width: 900, height: 560 });
  const [chosen, setChosen] = useState<{ layout: GraphLayout; view: View | 'whole' }>();
  const layout = useMemo(() => layoutGraph(graph, direction), [graph, direction]);
  // What was chosen for another graph does not count.
  const ofLayout = chosen?.layout === layout ? chosen.view : firstView(layout, size, roots[0]);
  const view = ofLayout === 'whole' ? wholeView(layout, size) : ofLayout;
  const setView = (next: View | 'whole') => setChosen({ layout, view: next });
  const readable = view.scale >= READABLE;

  useEffect(() => {
    const observer =
      globalThis.ResizeObserver &&
      new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    if (frame.current) {
      observer?.observe(frame.current);
    }
    return () => observer?.disconnect();
  }, []);

  const zoom = (factor: number, at = { x: size.width / 2, y: size.height / 2 }) => {
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, view.scale * factor));
    const ratio = scale / view.scale;
    setView({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio });
  };

  // React listens to wheels passively and so could not keep the page from scrolling.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = frame.current?.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 400), { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) });
  });
  useEffect(() => {
    const element = frame.current;
    const listener = (event: WheelEvent) => onWheel(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, []);

  const drag = useRef<{ x: number; y: number }>(undefined);
  const travelled = useRef(0);
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) {
      const [x, y] = [event.clientX - drag.current.x, event.clientY - drag.current.y];
      travelled.current += Math.abs(x) + Math.abs(y);
      setView({ ...view, x: view.x + x, y: view.y + y });
      drag.current = { x: event.clientX, y: event.clientY };
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const pan = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const factor = { '+': 1.25, '=': 1.25, '-': 0.8 }[event.key];
    if (pan) {
      event.preventDefault();
      setView({ ...view, x: view.x + (pan[0] ?? 0) * STEP, y: view.y + (pan[1] ?? 0) * STEP });
    } else if (factor) {
      event.preventDefault();
      zoom(factor);
    }
  };

  // In steps of a whole screen, so that what is drawn changes seldom while one moves.
  const cell = (value: number, step: number) => Math.floor(value / step) * step;
  const seen = {
    left: cell(-view.x / view.scale, size.width / view.scale) - NODE_WIDTH,
    top: cell(-view.y / view.scale, size.height / view.scale) - NODE_HEIGHT,
    width: (2 * size.width) / view.scale + 2 * NODE_WIDTH,
    height: (2 * size.height) / view.scale + 2 * NODE_HEIGHT,
  };
  return (
    <div ref={frame} className={styles.frame}>
      {!readable && <FarScene graph={graph} layout={layout} roots={roots} direction={direction} curve={curve} view={view} size={size} />}
      <svg
        className={styles.drawing}
        role="group"
        tabIndex={0}
        aria-label={messages.drawing(title)}
        onKeyDown={onKeyDown}
        onClickCapture={event => {
          if (travelled.current > CLICK_PIXELS) {
            event.stopPropagation();
          }
        }}
        onClick={event => {
          const box = event.currentTarget.getBoundingClientRect();
          const found = readable
            ? undefined
            : nodeAt(layout, (event.clientX - box.left - view.x) / view.scale, (event.clientY - box.top - view.y) / view.scale);
          const node = found && graph.nodes.find(({ ref }) => ref === found);
          if (node) {
            onChoose(node.ref, event.shiftKey, titleOf(node));
          }
        }}
        onPointerDown={event => {
          travelled.current = 0;
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = undefined)}
        onPointerLeave={() => (drag.current = undefined)}
      >
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {readable && (
            <Scene
              graph={graph}
              layout={layout}
              roots={roots.join(' ')}
              direction={direction}
              curve={curve}
              left={seen.left}
              top={seen.top}
              right={seen.left + seen.width}
              bottom={seen.top + seen.height}
              onChoose={onChoose}
            />
          )}
        </g>
      </svg>
      <div className={styles.controls}>
        <IconButton aria-label={messages.zoomIn} onClick={() => zoom(1.25)}>
          <Plus size={16} aria-hidden />
        </IconButton>
        <IconButton aria-label={messages.zoomOut} onClick={() => zoom(0.8)}>
          <Minus size={16} aria-hidden />
        </IconButton>
        <IconButton aria-label={messages.fit} onClick={() => setView('whole')}>
          <Maximize size={16} aria-hidden />
        </IconButton>
        {fullScreen && (
          <IconButton aria-label={fullScreen.isOn ? messages.leaveFullScreen : messages.fullScreen} onClick={fullScreen.toggle}>
            {fullScreen.isOn ? <Shrink size={16} aria-hidden /> : <Expand size={16} aria-hidden />}
          </IconButton>
        )}
      </div>
    </div>
  );
}

/** What is drawn. Stays as it is while one moves within the part that was drawn. */
const Scene = memo(function Scene(props: {
  graph: DrawnGraph;
  layout: GraphLayout;
  roots: string;
  direction: Direction;
  curve: Curve;
  left: number;
  top: number;
  right: number;
  bottom: number;
  onChoose(ref: string, open: boolean, name: string): void;
}) {
  const messages = useMessages();
  const { graph, layout, roots, direction, curve, left, top, right, bottom, onChoose } = props;
  const isSeen = (ref: string) => {
    const place = layout.places.get(ref);
    return place !== undefined && place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
  };
  const isRoot = (ref: string) => roots.split(' ').includes(ref);
  const hasTwin = isTwin(graph.edges);
  const arrow = useId();
  return (
    <>
      <marker id={arrow} className={styles.arrow} viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
        <path d="M 0 0 L 8 4 L 0 8 z" />
      </marker>
      {graph.edges
        .filter(({ from, to }) => isSeen(from) || isSeen(to))
        .map(edge => (
          <path
            key={`${edge.from} ${edge.to}`}
            className={styles.edge}
            d={edgePath(layout, edge, { direction, curve, isTwin: hasTwin(edge) })}
            markerEnd={`url(#${arrow})`}
          >
            <title>{phraseOf(edge.relations)}</title>
          </path>
        ))}
      {edgeLabels(graph, layout, direction)
        .filter(({ ref }) => isSeen(ref))
        .map(({ ref, x, y, anchor, outward, inward }) => (
          <text key={ref} className={styles.edgeLabel} y={y} textAnchor={anchor} aria-hidden>
            <title>{[...outward, ...inward].map(type => relationInfo(type).phrase).join(', ')}</title>
            <tspan x={x} dy={-6}>
              {shortPhraseOf(outward)}
            </tspan>
            <tspan x={x} dy={outward.length > 0 ? 20 : 14}>
              {shortPhraseOf(inward)}
            </tspan>
          </text>
        ))}
      {graph.nodes
        .filter(({ ref }) => isSeen(ref))
        .map(node => {
          const place = layout.places.get(node.ref) ?? { x: 0, y: 0 };
          return (
            <g
              key={node.ref}
              transform={`translate(${place.x} ${place.y})`}
              className={classes(styles.node, isRoot(node.ref) && styles.root, !node.entity && styles.missing)}
              role="button"
              tabIndex={0}
              aria-label={messages.node(titleOf(node), node.entity ? kindInfo(kindOf(node.ref)).title : messages.missing)}
              onClick={event => onChoose(node.ref, event.shiftKey, titleOf(node))}
              onKeyDown={event => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  onChoose(node.ref, event.shiftKey, titleOf(node));
                }
              }}
            >
              <NodeShape node={node} />
            </g>
          );
        })}
    </>
  );
});

/** The first of them, as there is room for one. */
function shortPhraseOf([first, ...others]: readonly string[]): string {
  return [first && relationInfo(first).phrase, others.length > 0 && `+${others.length}`].filter(Boolean).join(' ');
}

function NodeShape({ node }: { node: GraphNode }) {
  const { icon: Icon, hue } = kindInfo(kindOf(node.ref));
  return (
    <>
      <title>{node.ref}</title>
      <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={6} />
      <Icon x={10} y={9} size={14} color={`var(--cb-kind-${hue})`} aria-hidden />
      <foreignObject x={30} y={0} width={NODE_WIDTH - 36} height={NODE_HEIGHT}>
        <span className={styles.name}>{titleOf(node)}</span>
      </foreignObject>
    </>
  );
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}

/** What a node is called. */
export function titleOf({ ref, entity }: GraphNode): string {
  return entity ? entityTitle(entity) : refTitle(ref, kindOf(ref));
}
