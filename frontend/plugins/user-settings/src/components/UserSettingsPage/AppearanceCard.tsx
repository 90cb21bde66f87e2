import { Card, SegmentedControl, Select, useIsPhone } from '@callboard/core-components';
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
  // As many as there are do not fit beside each other on a phone.
  const phone = useIsPhone();
  const looks = [
    { value: SYSTEM, label: text.system },
    ...themeApi.getInstalledThemes().map(({ id, title }) => ({ value: id, label: title })),
  ];
  const choose = (id: string) => themeApi.setActiveThemeId(id === SYSTEM ? undefined : id);
  return (
    <Card title={text.title}>
      {phone ? (
        <Select label={text.label} value={active ?? SYSTEM} options={looks} onChange={choose} />
      ) : (
        <SegmentedControl label={text.label} value={active ?? SYSTEM} segments={looks} onChange={choose} />
      )}
      <p className={styles.note}>{text.text}</p>
    </Card>
  );
}
