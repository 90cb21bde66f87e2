import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import styles from '../components/components.module.css';

/** Copies a text with one click and says that it did. */
export function CopyButton(props: {
  text: string;
  /** Stands beside the icon. */
  label?: string;
  /** What those who listen hear instead. */
  name?: string;
  className?: string;
}) {
  const messages = useMessages();
  const { text, label, name = `${messages.copy} ${text}`, className } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className={classes(styles.copy, className)}
      title={label ? undefined : messages.copy}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <Icon size={14} aria-hidden />
      <span className={label ? undefined : styles.visuallyHidden} aria-live="polite">
        {copied ? messages.copied : (label ?? name)}
      </span>
    </button>
  );
}
