import { Card, CodeBlock, Tag, WarningPanel } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { stringify } from 'yaml';
import type { Analysis, FoundFile } from '../../lib/analyze';
import { useMessages, type Messages } from '../../translation';
import { EntityPreview } from './EntityPreview';
import { ImportError } from './ImportError';
import styles from './ImportPage.module.css';

/** What was found, and the button that registers it. */
export function AnalysisResult(props: { analysis: Analysis; busy: boolean; onRegister(files: FoundFile[]): void }) {
  const { analysis, busy, onRegister } = props;
  switch (analysis.found) {
    case 'file':
      return <FilePreview file={analysis.file} busy={busy} onRegister={onRegister} />;
    case 'files':
      return <FileChoice files={analysis.files} busy={busy} onRegister={onRegister} />;
    case 'nothing':
      return <Proposal proposal={analysis.proposal} />;
  }
}

function FilePreview(props: { file: FoundFile; busy: boolean; onRegister(files: FoundFile[]): void }) {
  const messages = useMessages();
  const { file, busy, onRegister } = props;
  const { isRegistered, entities } = file;
  return (
    <>
      {isRegistered && <WarningPanel severity="info" title={messages.existsTitle} message={messages.existsText} />}
      <Card title={isRegistered ? messages.known(entities.length) : messages.preview(entities.length)} flush>
        <EntityPreview entities={entities} />
      </Card>
      <p className={styles.note}>{messages.dryRun}</p>
      <div>
        <Button variant="contained" color="primary" loading={busy} onClick={() => onRegister([file])}>
          {isRegistered ? messages.refresh : messages.register(entities.length)}
        </Button>
      </div>
    </>
  );
}

function FileChoice({ files, busy, onRegister }: { files: FoundFile[]; busy: boolean; onRegister(files: FoundFile[]): void }) {
  const messages = useMessages();
  const [chosen, setChosen] = useState(() => files.filter(file => !file.isRegistered && !file.error).map(({ target }) => target));
  const toggle = (target: string) =>
    setChosen(current => (current.includes(target) ? current.filter(one => one !== target) : [...current, target]));
  const wanted = files.filter(({ target }) => chosen.includes(target));
  return (
    <>
      <Card title={messages.choose} count={files.length} flush>
        <ul>
          {files.map(({ target, isRegistered, entities, error }) => (
            <li key={target} className={styles.file}>
              <label>
                <input type="checkbox" checked={chosen.includes(target)} disabled={Boolean(error)} onChange={() => toggle(target)} />
                <code>{target}</code>
                {isRegistered && <Tag tone="info">{messages.registered}</Tag>}
              </label>
              {error ? (
                <div className={styles.fileError}>
                  <ImportError error={error} title={messages.failedTitle} />
                </div>
              ) : (
                <EntityPreview entities={entities} />
              )}
            </li>
          ))}
        </ul>
      </Card>
      <p className={styles.note}>{messages.dryRun}</p>
      <div>
        <Button
          variant="contained"
          color="primary"
          loading={busy}
          disabled={wanted.length === 0}
          onClick={() => onRegister(wanted)}
        >
          {messages.registerFiles(wanted.length)}
        </Button>
      </div>
    </>
  );
}

type Proposed = Extract<Analysis, { found: 'nothing' }>['proposal'];

function Proposal({ proposal }: { proposal: Proposed }) {
  const messages = useMessages();
  return (
    <>
      <WarningPanel severity="info" title={messages.noneTitle} message={messages.noneText} />
      {proposal && <CodeBlock text={stringify(withOwner(proposal, messages))} language="yaml" label={messages.generated} />}
    </>
  );
}

/** The catalog refuses a component without an owner, and only the reader knows who that is. */
function withOwner(proposal: NonNullable<Proposed>, messages: Messages): NonNullable<Proposed> {
  return { ...proposal, spec: { ...proposal.spec, owner: proposal.spec?.owner ?? messages.ownerExample } };
}
