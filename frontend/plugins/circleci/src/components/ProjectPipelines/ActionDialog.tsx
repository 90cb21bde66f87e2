import { ConfirmDialog } from '@callboard/core-components';
import { useState } from 'react';
import { useWorkflowAction, type WorkflowAction } from '../../hooks/useCircleCI';
import { useMessages } from '../../translation';
import styles from './ProjectPipelines.module.css';

/** Asks before CircleCI is told to do something. */
export function ActionDialog({ action, onClose }: { action: WorkflowAction; onClose(): void }) {
  const messages = useMessages();
  const [fromFailed, setFromFailed] = useState(action.type === 'rerun' && action.fromFailed);
  const mutation = useWorkflowAction(onClose);
  const texts = {
    rerun: { title: messages.rerunTitle, text: messages.rerunText, action: messages.rerun },
    cancel: { title: messages.cancelTitle, text: messages.cancelText, action: messages.cancelAction },
    approve: { title: messages.approveTitle, text: messages.approveText, action: messages.approve },
  }[action.type];
  return (
    <ConfirmDialog
      title={texts.title(action.name)}
      action={texts.action}
      danger={action.type === 'cancel'}
      busy={mutation.isPending}
      error={mutation.error}
      onClose={onClose}
      onConfirm={() => mutation.mutate(action.type === 'rerun' ? { ...action, fromFailed } : action)}
    >
      <p>{texts.text}</p>
      {action.type === 'rerun' && action.failed && (
        <fieldset className={styles.choices}>
          <legend>{messages.rerunWhich}</legend>
          {[true, false].map(value => (
            <label key={String(value)}>
              <input type="radio" name="rerun" checked={fromFailed === value} onChange={() => setFromFailed(value)} />
              {value ? messages.rerunFailed : messages.rerunAll}
            </label>
          ))}
        </fieldset>
      )}
    </ConfirmDialog>
  );
}
