import type { AppComponents } from '@callboard/core-plugin-api';
import { useEffect, useEffectEvent, useState, type ReactElement } from 'react';
import type { AppConfig } from '../../apis/implementations/ConfigReader';

/** Brings an app its configuration, in place of what is in the page. */
export type AppConfigLoader = () => Promise<AppConfig[]>;

/** Stands where the app will be until its configuration is there, and says so where that does not come. */
export function ConfigLoading(props: {
  load: AppConfigLoader;
  components: AppComponents;
  /** Makes the app of its configuration. */
  children(configs: AppConfig[]): ReactElement;
}) {
  const { Progress, BootErrorPage } = props.components;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ app?: ReactElement; error?: Error }>({});
  const load = useEffectEvent(props.load);
  const makeApp = useEffectEvent(props.children);
  useEffect(() => {
    let isWanted = true;
    const show = async () => {
      try {
        const configs = await load();
        if (isWanted) {
          setState({ app: makeApp(configs) });
        }
      } catch (error) {
        if (isWanted) {
          setState({ error: error as Error });
        }
      }
    };
    void show();
    return () => {
      isWanted = false;
    };
  }, [attempt]);

  const retry = () => {
    setState({});
    setAttempt(attempt + 1);
  };
  return state.error ? <BootErrorPage step="load-config" error={state.error} retry={retry} /> : (state.app ?? <Progress />);
}
