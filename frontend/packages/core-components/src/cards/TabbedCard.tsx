import { flattenElements } from '@callboard/core-plugin-api';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useId, useState, type ReactElement, type ReactNode, type SyntheticEvent } from 'react';
import { ErrorBoundary, type ErrorBoundaryProps } from '../errors/ErrorBoundary';
import { BottomLink, type DeepLink } from './InfoCard';
import styles from './cards.module.css';

export interface CardTabProps {
  label: ReactNode;
  icon?: ReactElement | string;
  disabled?: boolean;
  /** Its index where it has none. */
  value?: string | number;
  children?: ReactNode;
}

/** A part of a `TabbedCard`. It says what is shown; the card shows it. */
export function CardTab(_props: CardTabProps) {
  return undefined;
}

/** A card of which one of several parts is shown. Compose it of `CardTab`s. */
export function TabbedCard(props: {
  title?: string;
  deepLink?: DeepLink;
  value?: string | number;
  onChange?(event: SyntheticEvent, value: string | number): void;
  /** Where to get help when the content fails, which then fails alone. */
  slackChannel?: ErrorBoundaryProps['slackChannel'];
  errorBoundaryProps?: ErrorBoundaryProps;
  children?: ReactNode;
}) {
  const { title, deepLink, value, onChange, children } = props;
  const id = useId();
  const tabs = flattenElements(children).map(({ props: tab }, index) => ({ value: index, ...(tab as unknown as CardTabProps) }));
  const [own, setOwn] = useState<string | number>();
  const selected = value ?? own ?? tabs[0]?.value;
  return (
    <section className={styles.card} aria-labelledby={title ? `${id}title` : undefined}>
      {title && (
        <header className={styles.head}>
          <h2 id={`${id}title`} className={styles.title}>
            {title}
          </h2>
        </header>
      )}
      <Tabs
        className={styles.tabs}
        value={selected}
        aria-label={title}
        onChange={(event, next: string | number) => {
          setOwn(next);
          onChange?.(event, next);
        }}
      >
        {tabs.map(tab => (
          <Tab key={tab.value} value={tab.value} label={tab.label} icon={tab.icon} disabled={tab.disabled} id={`${id}tab${tab.value}`} aria-controls={`${id}panel`} />
        ))}
      </Tabs>
      <div className={styles.body} role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}tab${selected}`}>
        <ErrorBoundary key={selected} slackChannel={props.slackChannel} {...props.errorBoundaryProps}>
          {tabs.find(tab => tab.value === selected)?.children}
        </ErrorBoundary>
      </div>
      {deepLink && <BottomLink {...deepLink} />}
    </section>
  );
}
