import { Card, SegmentedControl } from '@callboard/core-components';
import { appThemeApiRef, useApi } from '@callboard/core-plugin-api';
import { useSyncExternalStore } from 'react';
import { useMessages } from '../../translation';
import styles from './UserSettingsPage.module.css';

/** Stands for the choice of no look, which leaves it to the system. */
const SYSTEM = '';

/** How the portal looks. */
export function AppearanceCard() {
  const text = useMessages().appearance;
  const themeApi = useApi(appThemeApiRef);
  const active = useSyncExternalStore(
    notify => {
      const subscription = themeApi.activeThemeId$().subscribe(notify);
      return () => subscription.unsubscribe();
    },
    () => themeApi.getActiveThemeId(),
  );
  return (
    <Card title={text.title}>
      <SegmentedControl
        label={text.label}
        value={active ?? SYSTEM}
        segments={[
          { value: SYSTEM, label: text.system },
          ...themeApi.getInstalledThemes().map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={id => themeApi.setActiveThemeId(id === SYSTEM ? undefined : id)}
      />
      <p className={styles.note}>{text.text}</p>
    </Card>
  );
}
