import { NotImplementedError } from '@callboard/errors';
import { createContext, useContext, useMemo, type ComponentType, type ReactNode } from 'react';
import { globalSingleton } from '../lib/globalSingleton';
import type { ApiRef, TypesToApiRefs } from './ApiRef';

/** Where API implementations are looked up. */
export interface ApiHolder {
  get<T>(ref: ApiRef<T>): T | undefined;
}

const ApiContext = globalSingleton('ApiContext', () => createContext<ApiHolder | undefined>(undefined));

/** Makes the implementations of `apis` available to everything below, over those that are there already. */
export function ApiProvider({ apis, children }: { apis: ApiHolder; children?: ReactNode }) {
  const outer = useContext(ApiContext);
  const holder = useMemo<ApiHolder>(() => (outer ? { get: ref => apis.get(ref) ?? outer.get(ref) } : apis), [apis, outer]);
  return <ApiContext value={holder}>{children}</ApiContext>;
}

/** The implementations; undefined outside of an app. */
export function useOptionalApiHolder(): ApiHolder | undefined {
  return useContext(ApiContext);
}

/** The implementations, for looking up what may be absent. */
export function useApiHolder(): ApiHolder {
  const holder = useOptionalApiHolder();
  if (!holder) {
    throw new Error('No API context: the component is rendered outside of an app');
  }
  return holder;
}

/** The implementation of an API. Throws when the app has none. */
export function useApi<T>(ref: ApiRef<T>): T {
  const api = useApiHolder().get(ref);
  if (api === undefined) {
    throw new NotImplementedError(`No implementation available for apiRef{${ref.id}}`);
  }
  return api;
}

/** Hands API implementations to a component as properties. */
export function withApis<Apis extends object>(refs: TypesToApiRefs<Apis>) {
  return function withApisWrapper<Props extends Apis>(Wrapped: ComponentType<Props>) {
    function WithApis(props: Omit<Props, keyof Apis>) {
      const holder = useApiHolder();
      const apis: Partial<Apis> = {};
      for (const key of Object.keys(refs) as (keyof Apis)[]) {
        const api = holder.get(refs[key]);
        if (api === undefined) {
          throw new Error(`No implementation available for apiRef{${refs[key].id}}`);
        }
        apis[key] = api;
      }
      return <Wrapped {...({ ...props, ...apis } as unknown as Props)} />;
    }
    WithApis.displayName = `withApis(${Wrapped.displayName ?? Wrapped.name})`;
    return WithApis;
  };
}
