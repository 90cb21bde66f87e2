import { Fragment, lazy, Suspense, type ReactNode } from 'react';
import { Link } from '../links/Link';
import { Skeleton } from '../components/Progress';
import styles from './table.module.css';

const YamlBlock = lazy(() => import('./YamlBlock').then(m => ({ default: m.YamlBlock })));

/** Any values by their names, objects and lists within them nested. React elements are shown as they are. */
export function StructuredMetadataTable(props: {
  metadata: Readonly<Record<string, unknown>>;
  dense?: boolean;
  options?: {
    titleFormat?(key: string): string;
    /** Objects as source text rather than nested. */
    nestedValuesAsYaml?: boolean;
  };
}) {
  const { metadata, dense = true, options = {} } = props;
  return <Entries value={metadata} dense={dense} options={options} />;
}

type Options = NonNullable<Parameters<typeof StructuredMetadataTable>[0]['options']>;

function Entries({ value, dense, options }: { value: object; dense?: boolean; options: Options }) {
  const title = options.titleFormat ?? titleOf;
  return (
    <dl className={styles.metadata} data-dense={dense || undefined}>
      {Object.entries(value).map(([key, member]) => (
        <Fragment key={key}>
          <dt>{title(key)}</dt>
          <dd>
            <Value value={member} options={options} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Value({ value, options }: { value: unknown; options: Options }): ReactNode {
  if (Array.isArray(value)) {
    return (
      <ul className={styles.list}>
        {value.map((item, index) => (
          <li key={index}>
            <Value value={item} options={options} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null && !('$$typeof' in value)) {
    return options.nestedValuesAsYaml ? (
      <Suspense fallback={<Skeleton height={48} />}>
        <YamlBlock value={value} />
      </Suspense>
    ) : (
      <Entries value={value} options={options} />
    );
  }
  if (typeof value === 'boolean') {
    return value ? '✓' : '✗';
  }
  if (typeof value === 'string' && /^https?:\/\/\S+$/.test(value)) {
    return <Link to={value}>{value}</Link>;
  }
  return (typeof value === 'object' ? value : String(value ?? '')) as ReactNode;
}

/** `repositoryUrl` and `repository_url` as `Repository url`. */
function titleOf(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
