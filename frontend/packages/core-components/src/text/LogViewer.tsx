import IconButton from '@mui/material/IconButton';
import { ChevronDown, ChevronUp, Download, ListFilter, WrapText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { CopyButton } from '../code/CopyButton';
import { SearchInput } from '../data/SearchInput';
import { useMessages } from '../translation';
import { parseAnsi } from './ansi';
import { LogLines, LINE_HEIGHT } from './LogLines';
import styles from './text.module.css';

/**
 * A log with its colours: searched, filtered, its lines linked to by `#line-7`. Only the lines in view are in the page, so
 * that a hundred thousand are no trouble.
 */
export function LogViewer(props: {
  text: string;
  className?: string;
  classes?: { root?: string };
  /** Begins with long lines wrapped. */
  textWrap?: boolean;
  onDownloadLog?(): void;
  onCopyLog?(): void;
}) {
  const messages = useMessages();
  const text = messages.log;
  const { text: log, className, textWrap = false, onDownloadLog, onCopyLog } = props;
  const lines = useMemo(() => parseAnsi(log.replace(/\n$/, '')), [log]);
  const plain = useMemo(() => lines.map(chunks => chunks.map(chunk => chunk.text).join('')), [lines]);
  const [search, setSearch] = useState('');
  const [isFiltered, setIsFiltered] = useState(false);
  const [isWrapped, setIsWrapped] = useState(textWrap);
  const [match, setMatch] = useState(0);
  const { hash } = useLocation();
  const navigate = useNavigate();
  const viewport = useRef<HTMLDivElement>(null);

  const matches = useMemo(() => {
    const wanted = search.toLowerCase();
    return wanted === '' ? [] : plain.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? [index] : []));
  }, [plain, search]);
  const shown = useMemo(
    () => (isFiltered && search !== '' ? matches : lines.map((_, index) => index)),
    [isFiltered, search, matches, lines],
  );
  const selected = Number(/^#line-(\d+)$/.exec(hash)?.[1] ?? 0) - 1;
  const current = matches[match];

  const target = current ?? (selected >= 0 ? selected : undefined);
  useEffect(() => {
    const row = target === undefined ? -1 : shown.indexOf(target);
    if (row >= 0 && viewport.current) {
      viewport.current.scrollTop = Math.max(0, (row - 3) * LINE_HEIGHT);
    }
  }, [target, shown]);

  const step = (by: number) => setMatch(before => (before + by + matches.length) % Math.max(1, matches.length));
  return (
    <div className={[styles.log, className, props.classes?.root].filter(Boolean).join(' ')}>
      <div className={styles.logTools}>
        <SearchInput
          label={text.search}
          value={search}
          onChange={value => {
            setSearch(value);
            setMatch(0);
          }}
        />
        {search !== '' && <span role="status">{text.matches(matches.length)}</span>}
        <IconButton aria-label={text.previous} disabled={matches.length === 0} onClick={() => step(-1)}>
          <ChevronUp size={16} aria-hidden />
        </IconButton>
        <IconButton aria-label={text.next} disabled={matches.length === 0} onClick={() => step(1)}>
          <ChevronDown size={16} aria-hidden />
        </IconButton>
        <IconButton aria-label={text.onlyMatches} aria-pressed={isFiltered} onClick={() => setIsFiltered(!isFiltered)}>
          <ListFilter size={16} aria-hidden />
        </IconButton>
        <IconButton aria-label={text.wrap} aria-pressed={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
          <WrapText size={16} aria-hidden />
        </IconButton>
        {onDownloadLog && (
          <IconButton aria-label={text.download} onClick={onDownloadLog}>
            <Download size={16} aria-hidden />
          </IconButton>
        )}
        {/* A button of its own tells whoever wants to know; the copying is done here. */}
        <span onClickCapture={onCopyLog}>
          <CopyButton text={plain.join('\n')} label={messages.copy} />
        </span>
      </div>
      {log === '' ? (
        <p className={styles.logEmpty}>{text.empty}</p>
      ) : (
        <LogLines
          viewport={viewport}
          lines={lines}
          shown={shown}
          isWrapped={isWrapped}
          search={search}
          marked={current ?? selected}
          onSelect={index => void navigate({ hash: `line-${index + 1}` }, { replace: true })}
        />
      )}
    </div>
  );
}
