import { Card, CodeBlock, Link, SupportButton, useStoredState } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { EXAMPLE_ANNOTATION, useMessages } from '../../translation';
import styles from './Introduction.module.css';

const SCORES = 'https://developer.chrome.com/docs/lighthouse/performance/performance-scoring';

/** Whether the person has read what the page is about, and what says that they have. */
export function useIntroduction(): { isDismissed: boolean; dismiss(): void } {
  const [isDismissed, setDismissed] = useStoredState<boolean>('lighthouse', 'introductionDismissed', false);
  return { isDismissed, dismiss: () => setDismissed(true) };
}

/** What the page is about, until the person puts it away. */
export function Introduction({ onDismiss }: { onDismiss(): void }) {
  const text = useMessages().intro;
  return (
    <div className={styles.frame}>
      <Card title={text.title} actions={<Button onClick={onDismiss}>{text.dismiss}</Button>}>
        <Words />
      </Card>
    </div>
  );
}

/** The same again for whoever has put it away. */
export function IntroductionButton() {
  return (
    <SupportButton title={useMessages().intro.help}>
      <Words />
    </SupportButton>
  );
}

function Words() {
  const text = useMessages().intro;
  return (
    <div className={styles.words}>
      <div>
        <p>{text.text}</p>
        <ul className={styles.steps}>
          {[text.create, text.annotate, text.compare].map(step => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <p>
          <Link to={SCORES}>{text.more}</Link>
        </p>
      </div>
      <div className={styles.example}>
        <CodeBlock text={EXAMPLE_ANNOTATION} language="yaml" label={text.example} />
      </div>
    </div>
  );
}
