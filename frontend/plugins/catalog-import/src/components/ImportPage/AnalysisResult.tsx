import { Card, CodeBlock, Tag, WarningPanel } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { stringify } from 'yaml';
import { messages } from '../../messages';
import { EntityPreview } from './EntityPreview';
import styles from './ImportPage.module.css';
import type { Analysis } from './useImport';

type Files = Extract<Analysis, { found: 'files' }>['files'];

/** What was found, and the button that registers it. */
export function AnalysisResult(props: { analysis: Analysis; busy: boolean; onRegister(files: Files): void }) {
  const { analysis, busy, onRegister } = props;
  switch (analysis.found) {
    case 'file':
      return <FilePreview analysis={analysis} busy={busy} onRegister={onRegister} />;
    case 'files':
      return <FileChoice files={analysis.files} busy={busy} onRegister={onRegister} />;
    case 'nothing':
      return <Proposal proposal={analysis.proposal} />;
  }
}

function FilePreview(props: {
  analysis: Extract<Analysis, { found: 'file' }>;
  busy: boolean;
  onRegister(files: Files): void;
}) {
  const { analysis, busy, onRegister } = props;
  const { target, exists, entities } = analysis;
  return (
    <>
      {exists && <WarningPanel severity="info" title={messages.existsTitle} message={messages.existsText} />}
      <Card title={exists ? messages.known(entities.length) : messages.preview(entities.length)} flush>
        <EntityPreview entities={entities} />
      </Card>
      <div>
        <Button
          variant="contained"
          color="primary"
          loading={busy}
          onClick={() => onRegister([{ target, isRegistered: exists, entities }])}
        >
          {exists ? messages.refresh : messages.register(entities.length)}
        </Button>
      </div>
    </>
  );
}

function FileChoice({ files, busy, onRegister }: { files: Files; busy: boolean; onRegister(files: Files): void }) {
  const [chosen, setChosen] = useState(() => files.filter(({ isRegistered }) => !isRegistered).map(({ target }) => target));
  const toggle = (target: string) =>
    setChosen(current => (current.includes(target) ? current.filter(one => one !== target) : [...current, target]));
  const wanted = files.filter(({ target }) => chosen.includes(target));
  return (
    <>
      <Card title={messages.choose} count={files.length} flush>
        <ul>
          {files.map(({ target, isRegistered, entities }) => (
            <li key={target} className={styles.file}>
              <label>
                <input type="checkbox" checked={chosen.includes(target)} onChange={() => toggle(target)} />
                <code>{target}</code>
                {isRegistered && <Tag tone="info">{messages.registered}</Tag>}
              </label>
              <EntityPreview entities={entities} />
            </li>
          ))}
        </ul>
      </Card>
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
  return (
    <>
      <WarningPanel severity="info" title={messages.noneTitle} message={messages.noneText} />
      {proposal && <CodeBlock text={stringify(withOwner(proposal))} language="yaml" label={messages.generated} />}
    </>
  );
}

/** The catalog refuses a component without an owner, and only the reader knows who that is. */
function withOwner(proposal: NonNullable<Proposed>): NonNullable<Proposed> {
  return { ...proposal, spec: { ...proposal.spec, owner: proposal.spec?.owner ?? messages.ownerExample } };
}
