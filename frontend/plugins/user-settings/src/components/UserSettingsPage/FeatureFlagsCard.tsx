import { Card, EmptyState } from '@callboard/core-components';
import { featureFlagsApiRef, useApi, useInstallation, type FeatureFlag } from '@callboard/core-plugin-api';
import { Flag } from 'lucide-react';
import { useId, useState } from 'react';
import { useMessages } from '../../translation';
import styles from './UserSettingsPage.module.css';

/** What may be tried before it is for everybody. */
export function FeatureFlagsCard() {
  const text = useMessages().flags;
  const flags = useApi(featureFlagsApiRef).getRegisteredFlags();
  return (
    <Card title={text.title} count={flags.length}>
      {flags.length === 0 ? (
        <EmptyState icon={Flag} title={text.none} description={text.noneText} />
      ) : (
        <>
          <ul className={styles.list}>
            {flags.map(flag => (
              <li key={flag.name} className={styles.entry}>
                <FlagSwitch flag={flag} />
              </li>
            ))}
          </ul>
          <p className={styles.note}>{text.text}</p>
        </>
      )}
    </Card>
  );
}

function FlagSwitch({ flag: { name, pluginId, description } }: { flag: FeatureFlag }) {
  const text = useMessages().flags;
  const flagsApi = useApi(featureFlagsApiRef);
  const { plugins } = useInstallation();
  const [active, setActive] = useState(flagsApi.isActive(name));
  const id = useId();
  const owner = plugins.find(plugin => plugin.id === pluginId)?.title ?? (pluginId || text.ofApp);
  return (
    <>
      <label htmlFor={id}>
        {name}
        <span className={styles.muted}>{[owner, description].filter(Boolean).join(' · ')}</span>
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={active}
        checked={active}
        onChange={event => {
          flagsApi.save({ states: { [name]: event.target.checked }, merge: true });
          setActive(event.target.checked);
        }}
      />
    </>
  );
}
