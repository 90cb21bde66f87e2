import { relationInfo } from '@callboard/catalog-model';
import { Content, DataTable, EmptyState, ErrorPanel, LoadingBlock, PageHeader, SegmentedControl, Select, WarningPanel, type DataColumn } from '@callboard/core-components';
import { useAnalytics, useRouteRef } from '@callboard/core-plugin-api';
import { EntityRefLink, entityRouteParams, entityRouteRef, KindIcon, kindInfo, KIND_ORDER, refTitle, useEntitiesByRefs, useRecentEntities, useStarredEntities } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { SearchX, Waypoints } from 'lucide-react';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Direction } from '../lib/layoutGraph';
import type { Curve } from '../lib/edgeLines';
import { MAX_NODES } from '../lib/loadGraph';
import { phraseOf, type DrawnEdge } from '../lib/presentGraph';
import { RELATION_PAIRS } from '../lib/relationPairs';
import { useMessages, type Messages } from '../translation';
import { EntityFinder } from './EntityFinder';
import { GraphView, titleOf } from './GraphView';
import { useGraph } from './useGraph';
import { SWITCHES, useGraphState, type GraphState } from './useGraphState';
import styles from './graph.module.css';

const DEPTHS = ['1', '2', '3', '4', '6', '10'] as const;
const DIRECTIONS: readonly Direction[] = ['LR', 'RL', 'TB', 'BT'];
const CURVES: readonly Curve[] = ['curveMonotoneX', 'curveStepBefore'];

/** The graph from one entity on, as far and as wide as one wants. */
export function CatalogGraphPage() {
  const messages = useMessages();
  const [state, change] = useGraphState();
  const { roots, depth, kinds, pairs, direction, curve, view } = state;
  const navigate = useNavigate();
  const entityPath = useRouteRef(entityRouteRef);
  const { data, error, refetch } = useGraph({ roots, depth, kinds, pairs }, state);
  const root = data?.nodes.find(({ ref }) => ref === roots[0]);
  const title = root ? titleOf(root) : refTitle(roots[0] ?? '');
  const analytics = useAnalytics();
  const choose = useCallback(
    (ref: string, open: boolean, name: string) => {
      const to = entityPath(entityRouteParams(ref));
      analytics.captureEvent('click', name, open ? { attributes: { to } } : undefined);
      if (open) {
        void navigate(to);
      } else {
        change({ roots: [ref] });
      }
    },
    [analytics, navigate, entityPath, change],
  );

  return (
    <>
      <PageHeader
        title={messages.title}
        subtitle={data && roots.length > 0 ? messages.counts(data.nodes.length, data.edges.length) : messages.subtitle}
        actions={
          <SegmentedControl
            label={messages.view}
            value={view}
            onChange={next => change({ view: next })}
            segments={(['graph', 'table'] as const).map(value => ({ value, label: messages.views[value] }))}
          />
        }
      />
      <Content>
        <div className={styles.toolbar}>
          <EntityFinder onChoose={ref => change({ roots: [ref] })} />
          <Select
            label={messages.depth}
            value={String(depth)}
            onChange={value => change({ depth: Number(value) })}
            options={DEPTHS.map(value => ({ value, label: messages.depthOf(Number(value)) }))}
          />
          <Select
            label={messages.direction}
            value={direction}
            onChange={value => change({ direction: value })}
            options={DIRECTIONS.map(value => ({ value, label: messages.directions[value] }))}
          />
          <Select
            label={messages.curve}
            value={curve}
            onChange={value => change({ curve: value })}
            options={CURVES.map(value => ({ value, label: messages.curves[value] }))}
          />
          {SWITCHES.map(name => (
            <label key={name} className={styles.switch} title={messages.switches[name].text}>
              <input type="checkbox" role="switch" aria-checked={state[name]} checked={state[name]} onChange={event => change({ [name]: event.target.checked })} />
              {messages.switches[name].title}
            </label>
          ))}
        </div>
        {roots.length === 0 ? (
          <EmptyState icon={Waypoints} title={messages.startTitle} description={messages.startText} action={<Beginnings onChoose={ref => change({ roots: [ref] })} />} />
        ) : (
          <>
            {state.showFilters && <Filters state={state} onChange={change} />}
            {data?.cut && <WarningPanel title={messages.cut(MAX_NODES)} severity="info" />}
            {error ? (
              <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />
            ) : !data ? (
              <LoadingBlock height={560} />
            ) : data.nodes.every(({ entity }) => !entity) ? (
              <EmptyState icon={SearchX} title={messages.missingTitle(roots.join(', '))} description={messages.missingText} />
            ) : view === 'table' ? (
              <DataTable label={messages.views.table} columns={columns(messages)} rows={data.edges} rowKey={({ from, to }) => `${from} ${to}`} />
            ) : (
              <>
                <div className={styles.page}>
                  <GraphView graph={data} roots={roots} direction={direction} curve={curve} title={title} onChoose={choose} />
                </div>
                <p className={styles.muted}>{messages.hint}</p>
              </>
            )}
          </>
        )}
      </Content>
    </>
  );
}

/** How many entities are offered to begin with. */
const OFFERED = 8;

/** What the person starred or looked at last, to begin with. */
function Beginnings({ onChoose }: { onChoose(ref: string): void }) {
  const { starredEntities } = useStarredEntities();
  const { recent } = useRecentEntities();
  const refs = [...new Set([...[...starredEntities].reverse(), ...recent])].slice(0, OFFERED);
  const references = useEntitiesByRefs(refs);
  return refs
    .filter(ref => !references.isMissing(ref))
    .map(ref => (
      <Button key={ref} startIcon={<KindIcon kind={ref.slice(0, ref.indexOf(':'))} />} onClick={() => onChoose(ref)}>
        {references.title(ref) ?? refTitle(ref)}
      </Button>
    ));
}

const columns = (messages: Messages): DataColumn<DrawnEdge>[] => [
  { id: 'from', title: messages.columns.from, render: ({ from }) => <EntityRefLink entityRef={from} /> },
  { id: 'relation', title: messages.columns.relation, render: ({ relations }) => phraseOf(relations) },
  { id: 'to', title: messages.columns.to, render: ({ to }) => <EntityRefLink entityRef={to} /> },
];

/** Leaves kinds and relations out. None chosen means all. */
function Filters({ state, onChange }: { state: GraphState; onChange(change: Partial<GraphState>): void }) {
  const messages = useMessages();
  const toggle = (values: readonly string[], value: string) =>
    values.includes(value) ? values.filter(one => one !== value) : [...values, value];
  return (
    <div className={styles.filters} role="group" aria-label={messages.filters}>
      <ul aria-label={messages.kinds}>
        {KIND_ORDER.map(kind => (
          <li key={kind}>
            <button type="button" aria-pressed={state.kinds.includes(kind)} onClick={() => onChange({ kinds: toggle(state.kinds, kind) })}>
              {kindInfo(kind).plural}
            </button>
          </li>
        ))}
      </ul>
      <ul aria-label={messages.relations}>
        {RELATION_PAIRS.map(([forward]) => (
          <li key={forward}>
            <button type="button" aria-pressed={state.pairs.includes(forward)} onClick={() => onChange({ pairs: toggle(state.pairs, forward) })}>
              {relationInfo(forward).phrase}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
