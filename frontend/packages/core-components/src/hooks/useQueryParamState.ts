import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Once: its value. Several times: the list of them. */
type ParameterValue = string | string[];

/**
 * State that is a parameter of the page's address, so that it can be shared and outlives a reload. The address follows when
 * nothing has changed for `debounceTime` milliseconds, and the browser's history gets no entry for it.
 */
export function useQueryParamState<T extends ParameterValue>(
  name: string,
  debounceTime = 250,
): [T | undefined, (value: T | undefined) => void] {
  const [parameters, setParameters] = useSearchParams();
  const inAddress = JSON.stringify(parameters.getAll(name));
  const [state, setState] = useState({ values: inAddress, inAddress });
  // Another page of the history, or a link: what the address says now counts.
  if (state.inAddress !== inAddress) {
    setState({ values: inAddress, inAddress });
  }

  const { values } = state;
  useEffect(() => {
    if (values === inAddress) {
      return;
    }
    const timer = setTimeout(() => {
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          next.delete(name);
          (JSON.parse(values) as string[]).forEach(value => next.append(name, value));
          return next;
        },
        { replace: true },
      );
    }, debounceTime);
    return () => clearTimeout(timer);
  }, [values, inAddress, name, debounceTime, setParameters]);

  const list = JSON.parse(values) as string[];
  const value = list.length > 1 ? list : list[0];
  return [value as T | undefined, next => setState({ values: JSON.stringify(next === undefined ? [] : [next].flat()), inAddress })];
}
