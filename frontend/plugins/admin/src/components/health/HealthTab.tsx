import { EmptyState, LoadingBlock, StatusOK, StatusWarning } from '@callboard/core-components';
import { ServerOff } from 'lucide-react';
import { useUnits } from '../../hooks/useAdmin';
import { useMessages } from '../../translation';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import { HealthTable } from './HealthTable';
import styles from './health.module.css';

/** How every unit and every one of its replicas is. */
export function HealthTab() {
  const text = useMessages().health;
  const { data: units, error, refetch } = useUnits();
  if (error) {
    return <Unavailable error={error} title={text.failed} denied={text.denied} missing={text.missing} onRetry={() => void refetch()} />;
  }
  if (!units) {
    return <LoadingBlock height={240} />;
  }
  if (units.length === 0) {
    return <EmptyState icon={ServerOff} title={text.noUnits} description={text.noUnitsText} />;
  }
  const ill = units.filter(({ status }) => status !== 'ok').length;
  const Mark = ill === 0 ? StatusOK : StatusWarning;
  return (
    <div className={parts.stack}>
      <p className={styles.summary} role="status">
        <Mark>{ill === 0 ? text.allWell : text.someIll(ill, units.length)}</Mark>
      </p>
      <HealthTable units={units} />
    </div>
  );
}
