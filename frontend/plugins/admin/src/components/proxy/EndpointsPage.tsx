import { EmptyState, Link, SearchInput, SegmentedControl } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { Cable, SearchX } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import { useEndpoints } from '../../hooks/useAdmin';
import { RANGES, readRange, type Range } from '../../lib/usage';
import { useMessages } from '../../translation';
import { endpointFormRouteRef } from '../../routes';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import { EndpointTable } from './EndpointTable';

/** All endpoints with what goes through them. */
export function EndpointsPage() {
  const messages = useMessages();
  const text = messages.proxy;
  const [params, setParams] = useSearchParams();
  const range = readRange(params.get('range'));
  const filter = params.get('filter') ?? '';
  const form = useRouteRef(endpointFormRouteRef)();
  const { data: endpoints, error, refetch } = useEndpoints();
  const add = (
    <Button component={Link} to={form} variant="contained" color="primary">
      {text.add}
    </Button>
  );
  const show = (changed: Record<string, string>) =>
    setParams(before => new URLSearchParams(Object.entries({ ...Object.fromEntries(before), ...changed }).filter(([, value]) => value !== '')), {
      replace: true,
    });

  if (error) {
    return <Unavailable error={error} title={text.failed} denied={text.denied} onRetry={() => void refetch()} />;
  }
  if (endpoints?.length === 0) {
    return <EmptyState icon={Cable} title={text.emptyTitle} description={text.emptyText} action={add} />;
  }
  const term = filter.trim().toLowerCase();
  const fitting = endpoints?.filter(({ route, target, description }) => [route, target, description].some(value => value.toLowerCase().includes(term)));
  return (
    <div className={parts.stack}>
      <div className={parts.bar}>
        <SearchInput label={text.filter} value={filter} onChange={value => show({ filter: value })} />
        <SegmentedControl
          label={messages.range}
          value={range}
          segments={(Object.keys(RANGES) as Range[]).map(value => ({ value, label: messages.ranges[value] }))}
          onChange={value => show({ range: value })}
        />
        <div className={parts.end}>{add}</div>
      </div>
      {fitting?.length === 0 ? (
        <EmptyState icon={SearchX} title={text.nothingFits} />
      ) : (
        <EndpointTable endpoints={fitting} range={range} />
      )}
    </div>
  );
}
