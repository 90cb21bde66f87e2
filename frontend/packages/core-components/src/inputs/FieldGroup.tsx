import type { ReactNode } from 'react';
import styles from './inputs.module.css';

/** Fields that belong together, with what they are about above them, and what it means or what is wrong with it below. */
export function FieldGroup(props: { label: string; help?: string; problem?: string | false; children: ReactNode }) {
  const { label, help, problem, children } = props;
  const note = problem || help;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.name}>{label}</legend>
      {children}
      {note && <p className={problem ? styles.problem : styles.help}>{note}</p>}
    </fieldset>
  );
}

/** Choices that stand beside each other as far as there is room. */
export function CheckRow({ children }: { children: ReactNode }) {
  return <div className={styles.checks}>{children}</div>;
}

/** Yes or no. */
export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange(checked: boolean): void }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
