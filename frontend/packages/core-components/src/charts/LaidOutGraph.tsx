import { graphlib, layout } from '@dagrejs/dagre';
import IconButton from '@mui/material/IconButton';
import { Maximize, Minus, Plus, Scan, Table2, Waypoints } from 'lucide-react';
import { useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import type { DependencyEdge, DependencyGraphProps, DependencyNode } from './graphTypes';
import { useMeasuredSizes } from './useMeasuredSizes';
import { usePanZoom } from './usePanZoom';
import styles from './charts.module.css';

const MARGIN = 16;
const MIN_HEIGHT = 160;
const CHARACTER_WIDTH = 7.5;

/** The drawing of a `DependencyGraph`. */
export function LaidOutGraph(props: DependencyGraphProps) {
  const text = useMessages().graph;
  const { nodes, edges, zoom = 'enabled', fit = 'grow', showArrowHeads = true, allowFullscreen = true } = props;
  const { renderNode, renderLabel, nodeSize, defs, className, label = text.label } = props;
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const isMeasured = renderNode !== undefined && nodeSize === undefined;
  const { sizes, register } = useMeasuredSizes(isMeasured);
  const drawing = useMemo(
    () => drawingOf(isMeasured ? { ...props, nodeSize: node => sizes.get(node.id) ?? defaultSize(node) } : props),
    [props, isMeasured, sizes],
  );
  const [isClicked, setIsClicked] = useState(false);
  const canZoom = zoom === 'enabled' || (zoom === 'enable-on-click' && isClicked);
  const { ref, onPointerMove, zoomBy, reset, viewBox } = usePanZoom(drawing.width, drawing.height, canZoom);

  if (nodes.length === 0) {
    return <p className={classes(styles.graph, styles.nothing, className)}>{text.empty}</p>;
  }
  return (
    <div ref={root} className={classes(styles.graph, className)} role="group" aria-label={label}>
      <div className={styles.graphTools}>
        {canZoom && !asTable && (
          <>
            <Tool label={text.zoomIn} icon={<Plus size={16} />} onClick={() => zoomBy(1.25)} />
            <Tool label={text.zoomOut} icon={<Minus size={16} />} onClick={() => zoomBy(0.8)} />
            <Tool label={text.fit} icon={<Scan size={16} />} onClick={reset} />
          </>
        )}
        <Tool
          label={asTable ? text.asGraph : text.asTable}
          icon={asTable ? <Waypoints size={16} /> : <Table2 size={16} />}
          onClick={() => setAsTable(!asTable)}
        />
        {allowFullscreen && document.fullscreenEnabled && (
          <Tool
            label={text.fullscreen}
            icon={<Maximize size={16} />}
            onClick={() => void (document.fullscreenElement ? document.exitFullscreen() : root.current?.requestFullscreen())}
          />
        )}
      </div>
      {asTable ? (
        <EdgeTable edges={edges} nodes={nodes} />
      ) : (
        <svg
          ref={ref}
          onPointerDown={zoom === 'enable-on-click' && !isClicked ? () => setIsClicked(true) : undefined}
          onPointerMove={onPointerMove}
          className={styles.canvas}
          viewBox={viewBox}
          style={{ height: fit === 'contain' ? '100%' : Math.max(MIN_HEIGHT, Math.min(drawing.height, 800)) }}
        >
          <defs>
            <marker id={`${id}arrow`} viewBox="0 0 8 8" refX={8} refY={4} markerWidth={8} markerHeight={8} orient="auto">
              <path d="M0 0L8 4L0 8z" className={styles.arrow} />
            </marker>
            {defs}
          </defs>
          {drawing.edges.map(({ edge, path }, index) => (
            <path key={index} d={path} className={styles.edge} markerEnd={showArrowHeads ? `url(#${id}arrow)` : undefined}>
              <title>{[edge.from, edge.label, edge.to].filter(Boolean).join(' → ')}</title>
            </path>
          ))}
          {drawing.edges.map(({ edge, x, y }, index) =>
            edge.label ? (
              <g key={index} transform={`translate(${x} ${y})`}>
                {renderLabel ? renderLabel({ edge }) : <text className={styles.edgeLabel}>{edge.label}</text>}
              </g>
            ) : undefined,
          )}
          {drawing.nodes.map(({ node, x, y, width, height }) => (
            <g
              key={node.id}
              ref={isMeasured ? register(node.id) : undefined}
              transform={isMeasured ? `translate(${x - width / 2} ${y - height / 2})` : `translate(${x} ${y})`}
            >
              {renderNode ? renderNode({ node }) : <DefaultNode node={node} width={width} height={height} />}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <IconButton aria-label={label} title={label} onClick={onClick}>
      {icon}
    </IconButton>
  );
}

function DefaultNode({ node, width, height }: { node: DependencyNode; width: number; height: number }) {
  return (
    <g className={styles.node}>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={6} />
      <text>{node.id}</text>
    </g>
  );
}

function EdgeTable({ edges, nodes }: { edges: readonly DependencyEdge[]; nodes: readonly DependencyNode[] }) {
  const text = useMessages().graph;
  const alone = nodes.filter(({ id }) => !edges.some(({ from, to }) => from === id || to === id));
  return (
    <table className={styles.graphTable}>
      <thead>
        <tr>
          <th scope="col">{text.columns.from}</th>
          <th scope="col">{text.columns.label}</th>
          <th scope="col">{text.columns.to}</th>
        </tr>
      </thead>
      <tbody>
        {[...edges, ...alone.map(({ id }) => ({ from: id, label: undefined, to: '' }))].map(({ from, label, to }, index) => (
          <tr key={index}>
            <td>{from}</td>
            <td>{label}</td>
            <td>{to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Drawing {
  width: number;
  height: number;
  nodes: { node: DependencyNode; x: number; y: number; width: number; height: number }[];
  edges: { edge: DependencyEdge; path: string; x: number; y: number }[];
}

function drawingOf(props: DependencyGraphProps): Drawing {
  const { nodes, edges, direction = 'TB', align, ranker = 'network-simplex', nodeMargin = 32, rankMargin = 48, curve } = props;
  const { edgeMargin, paddingX = MARGIN, paddingY = MARGIN, acyclicer, labelPosition = 'c', labelOffset, edgeRanks, edgeWeight } = props;
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph(definedOf({ rankdir: direction, align, ranker, nodesep: nodeMargin, edgesep: edgeMargin, ranksep: rankMargin, marginx: paddingX, marginy: paddingY, acyclicer }));
  const size = props.nodeSize ?? defaultSize;
  const known = new Set(nodes.map(({ id }) => id));
  nodes.forEach(node => graph.setNode(node.id, { ...size(node) }));
  // An arrow to nowhere is left out rather than drawn to a node without a name.
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to));
  drawn.forEach((edge, index) => {
    const label = edge.label ? { width: edge.label.length * CHARACTER_WIDTH, height: 20, labelpos: labelPosition, labeloffset: labelOffset } : {};
    const rest = { minlen: edgeRanks, weight: edgeWeight };
    // The library fills in what is not there, but not what is undefined.
    graph.setEdge(edge.from, edge.to, definedOf({ ...label, ...rest }), String(index));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: nodes.map(node => ({ node, ...(graph.node(node.id) as { x: number; y: number; width: number; height: number }) })),
    edges: drawn.map((edge, index) => {
      const { points = [], x, y } = graph.edge(edge.from, edge.to, String(index)) as {
        points?: { x: number; y: number }[];
        x?: number;
        y?: number;
      };
      const middle = points[Math.floor(points.length / 2)];
      return { edge, path: curve === 'curveStepBefore' ? steppedPath(points) : smoothPath(points), x: x ?? middle?.x ?? 0, y: y ?? middle?.y ?? 0 };
    }),
  };
}

function defaultSize(node: DependencyNode): { width: number; height: number } {
  return { width: node.id.length * CHARACTER_WIDTH + 24, height: 32 };
}

function definedOf<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** A line of right angles. */
function steppedPath(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  return first ? `M${first.x} ${first.y}${rest.map(({ x, y }) => `V${y}H${x}`).join('')}` : '';
}

/** A line that is rounded at its bends. */
function smoothPath(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) {
    return '';
  }
  const bends = rest.map((point, index) => {
    const next = rest[index + 1];
    return next ? `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}` : `L${point.x} ${point.y}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}`;
}
