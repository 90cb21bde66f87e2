import { CopyButton } from '../code/CopyButton';

/** Copies a text with one click. */
export function CopyTextButton({ text, tooltipText, 'aria-label': name }: { text: string; tooltipText?: string; 'aria-label'?: string }) {
  return <CopyButton text={text} label={tooltipText} name={name} />;
}
