import { flattenElements } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import styles from './feedback.module.css';

export interface StepActions {
  showNext?: boolean;
  canNext?(): boolean;
  nextText?: string;
  onNext?(): void;
  nextStep?(current: number, last: number): number;
  showBack?: boolean;
  backText?: string;
  onBack?(): void;
  backStep?(current: number, last: number): number;
  showSkip?: boolean;
  canSkip?(): boolean;
  skipText?: string;
  onSkip?(): void;
  showRestart?: boolean;
  canRestart?(): boolean;
  restartText?: string;
  onRestart?(): void;
}

export interface SimpleStepperStepProps {
  title: string;
  /** The step that says that all is done. */
  end?: boolean;
  actions?: StepActions;
  children?: ReactNode;
}

/** One step. It says what is shown; the stepper shows it. */
export function SimpleStepperStep(_props: SimpleStepperStepProps) {
  return undefined;
}

/** Leads through steps, one at a time. Compose it of `SimpleStepperStep`s. */
export function SimpleStepper(props: {
  activeStep?: number;
  /** Steps lie flat here, whatever this says. */
  elevated?: boolean;
  onStepChange?(previous: number, next: number): void;
  children?: ReactNode;
}) {
  const { activeStep = 0, onStepChange, children } = props;
  const steps = flattenElements(children).map(element => element.props as unknown as SimpleStepperStepProps);
  const [current, setCurrent] = useState(activeStep);
  const [controlled, setControlled] = useState(activeStep);
  if (controlled !== activeStep) {
    setControlled(activeStep);
    setCurrent(activeStep);
  }
  const last = steps.length - 1;
  const go = (next: number) => {
    onStepChange?.(current, next);
    setCurrent(Math.min(Math.max(next, 0), last));
  };
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        <li
          key={step.title}
          className={classes(styles.step, index < current && styles.done)}
          aria-current={index === current ? 'step' : undefined}
        >
          <p className={styles.stepTitle}>{step.title}</p>
          {index === current && (
            <div className={styles.stepBody}>
              {step.children}
              <StepButtons step={step} current={current} last={last} go={go} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function StepButtons(props: { step: SimpleStepperStepProps; current: number; last: number; go(next: number): void }) {
  const messages = useMessages();
  const { step, current, last, go } = props;
  const actions = step.actions ?? {};
  const text = messages.steps;
  const does = (before: (() => void) | undefined, next: number) => () => {
    before?.();
    go(next);
  };
  return (
    <div className={styles.stepActions}>
      {(actions.showBack ?? current > 0) && !step.end && (
        <Button onClick={does(actions.onBack, actions.backStep?.(current, last) ?? current - 1)}>{actions.backText ?? text.back}</Button>
      )}
      {actions.showSkip && <Button disabled={!(actions.canSkip?.() ?? true)} onClick={does(actions.onSkip, current + 1)}>{actions.skipText ?? text.skip}</Button>}
      {actions.showRestart && <Button disabled={!(actions.canRestart?.() ?? true)} onClick={does(actions.onRestart, 0)}>{actions.restartText ?? text.restart}</Button>}
      {(actions.showNext ?? true) && !step.end && (
        <Button
          variant="contained"
          color="primary"
          disabled={!(actions.canNext?.() ?? true)}
          onClick={does(actions.onNext, actions.nextStep?.(current, last) ?? current + 1)}
        >
          {actions.nextText ?? (current === last ? text.finish : text.next)}
        </Button>
      )}
    </div>
  );
}
