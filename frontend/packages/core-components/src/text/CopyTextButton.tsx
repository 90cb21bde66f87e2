import { CopyButton } from '../components/CopyButton';

/** Copies a text with one click. */
export function CopyTextButton({ text, tooltipText }: { text: string; tooltipText?: string }) {
  return <CopyButton text={text} label={tooltipText} />;
}
