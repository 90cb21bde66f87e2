import { Check, CheckRow, Content, ErrorPanel, Field, FieldGroup, PageHeader, Select } from '@callboard/core-components';
import { alertApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { lighthouseApiRef } from '../../api/LighthouseApi';
import type { AuditOptions, FormFactor, Throttling } from '../../api/types';
import { CATEGORIES } from '../../lib/scores';
import { isWebsite } from '../../lib/websites';
import { useMessages } from '../../translation';
import { auditRouteRef, rootRouteRef } from '../../routes';
import styles from './CreateAuditPage.module.css';

const CRONS = { once: '', hourly: '0 * * * *', daily: '0 3 * * *', weekly: '0 3 * * 1', custom: '' } as const;
type When = keyof typeof CRONS;
const FORM_FACTORS: readonly FormFactor[] = ['MOBILE', 'DESKTOP'];
const THROTTLINGS: readonly Throttling[] = ['SIMULATED', 'APPLIED', 'NONE'];

/** Asks what to audit and how, and starts it. */
export function CreateAuditPage() {
  const messages = useMessages();
  const text = messages.form;
  const [params] = useSearchParams();
  const [url, setUrl] = useState(params.get('url') ?? '');
  const [formFactor, setFormFactor] = useState<FormFactor>('MOBILE');
  const [throttling, setThrottling] = useState<Throttling>('SIMULATED');
  const [categories, setCategories] = useState<readonly string[]>(CATEGORIES);
  const [when, setWhen] = useState<When>('once');
  const [cron, setCron] = useState('');
  const [touched, setTouched] = useState(false);
  const root = useRouteRef(rootRouteRef)();
  const start = useStart();

  const target = url.trim().replace(/\/+$/, '');
  const urlInvalid = touched && !isWebsite(target);
  const none = categories.length === 0;
  const expression = when === 'custom' ? cron.trim() : CRONS[when];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (isWebsite(target) && !none && (when !== 'custom' || expression)) {
      const options: AuditOptions = {
        formFactor,
        throttling,
        ...(categories.length < CATEGORIES.length && { categories: [...categories] }),
      };
      start.mutate({ url: target, options, cron: expression });
    }
  };

  return (
    <>
      <PageHeader title={text.title} breadcrumb={[{ label: messages.plugin, to: root }]} />
      <Content>
        <form onSubmit={submit} noValidate className={styles.form}>
          <Field id="audit-url" label={text.url}>
            <TextField
              id="audit-url"
              type="url"
              size="small"
              fullWidth
              autoComplete="url"
              placeholder={text.urlPlaceholder}
              value={url}
              error={urlInvalid}
              helperText={urlInvalid ? text.urlInvalid : undefined}
              onChange={event => setUrl(event.target.value)}
            />
          </Field>
          <FieldGroup label={text.device}>
            <div className={styles.cards}>
              {FORM_FACTORS.map(value => (
                <label key={value} className={styles.card}>
                  <input type="radio" name="device" checked={formFactor === value} onChange={() => setFormFactor(value)} />
                  <span>
                    {messages.formFactors[value]}
                    <span className={styles.hint}>{text.deviceText[value]}</span>
                  </span>
                </label>
              ))}
            </div>
          </FieldGroup>
          <Field label={text.preset}>
            <Select
              label={text.preset}
              value={throttling}
              onChange={value => setThrottling(value)}
              options={THROTTLINGS.map(value => ({ value, label: text.throttling[value] }))}
            />
          </Field>
          <FieldGroup label={text.categories} problem={none && text.categoriesNone}>
            <CheckRow>
              {CATEGORIES.map(id => (
                <Check
                  key={id}
                  label={messages.categories[id]}
                  checked={categories.includes(id)}
                  onChange={checked => setCategories(checked ? [...categories, id] : categories.filter(one => one !== id))}
                />
              ))}
            </CheckRow>
          </FieldGroup>
          <Field label={text.schedule}>
            <Select
              label={text.schedule}
              value={when}
              onChange={value => setWhen(value)}
              options={(Object.keys(CRONS) as When[]).map(value => ({ value, label: text.schedules[value] }))}
            />
          </Field>
          {when === 'custom' && (
            <Field id="audit-cron" label={text.cron}>
              <TextField
                id="audit-cron"
                size="small"
                placeholder="30 6 * * 1-5"
                value={cron}
                error={touched && cron.trim() === ''}
                helperText={text.cronHelp}
                onChange={event => setCron(event.target.value)}
              />
            </Field>
          )}
          {start.error && <ErrorPanel error={start.error} title={text.failed} />}
          <div>
            <Button type="submit" variant="contained" color="primary" loading={start.isPending} disabled={target === '' || none}>
              {when === 'once' ? text.submit : text.submitSchedule}
            </Button>
          </div>
        </form>
      </Content>
    </>
  );
}

/** A schedule first, since it is what may be refused; then the audit, then its page. */
function useStart() {
  const text = useMessages().form;
  const api = useApi(lighthouseApiRef);
  const alertApi = useApi(alertApiRef);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const auditPath = useRouteRef(auditRouteRef);
  return useMutation({
    mutationFn: async ({ url, options, cron }: { url: string; options: AuditOptions; cron: string }) => {
      if (cron) {
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
        await api.createSchedule({ url, cron, timeZone, options });
      }
      return api.createAudit({ url, options });
    },
    onSuccess: async ({ id }) => {
      alertApi.post({ message: text.started, severity: 'success', display: 'transient' });
      await queryClient.invalidateQueries({ queryKey: ['lighthouse'] });
      await navigate(auditPath({ id }));
    },
  });
}
