import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useState, type ComponentProps } from 'react';
import styles from './layout.module.css';

export interface HeaderTab {
  id: string;
  label: string;
  tabProps?: ComponentProps<typeof Tab>;
}

/** Tabs below the head of a page, for a page that switches its content itself. */
export function HeaderTabs(props: {
  tabs: readonly HeaderTab[];
  selectedIndex?: number;
  onChange?(index: number): void;
}) {
  const { tabs, selectedIndex, onChange } = props;
  const [own, setOwn] = useState(selectedIndex ?? 0);
  const selected = selectedIndex ?? own;
  return (
    <Tabs
      className={styles.headerTabs}
      value={selected}
      variant="scrollable"
      scrollButtons="auto"
      onChange={(_, index: number) => {
        setOwn(index);
        onChange?.(index);
      }}
    >
      {tabs.map(({ id, label, tabProps }, index) => (
        <Tab key={id} value={index} label={label} {...tabProps} />
      ))}
    </Tabs>
  );
}
