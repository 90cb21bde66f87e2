import type { Entity } from '@callboard/catalog-model';
import { errorApiRef, flattenElements, useApiHolder, type ApiHolder } from '@callboard/core-plugin-api';
import { Fragment, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useAsyncEntity } from './EntityContext';

export interface EntitySwitchCaseProps {
  /** It may have to ask; until all have an answer nothing is shown. */
  if?(entity: Entity, context: { apis: ApiHolder }): boolean | Promise<boolean>;
  children?: ReactNode;
}

export interface EntitySwitchProps {
  children?: ReactNode;
  /** Whether only the first case that fits is shown, which is usual, or all that do. */
  renderMultipleMatches?: 'first' | 'all';
}

/** One of several contents. */
function EntitySwitchCase(_props: EntitySwitchCaseProps) {
  return undefined;
}

/** Shows the case that fits the page's entity; one without a condition always does, also while there is no entity. */
function EntitySwitchRoot({ children, renderMultipleMatches = 'first' }: EntitySwitchProps) {
  const cases = useAnswered(children);
  const matching = cases?.filter(({ matches }) => matches) ?? [];
  const shown = renderMultipleMatches === 'all' ? matching : matching.slice(0, 1);
  return shown.map(({ index, content }) => <Fragment key={index}>{content}</Fragment>);
}

/** Shows one of several contents, by the page's entity. Compose it of `EntitySwitch.Case`s. */
export const EntitySwitch = Object.assign(EntitySwitchRoot, { Case: EntitySwitchCase });

interface Case<M> {
  index: number;
  content: ReactNode;
  matches: M;
}

/** The cases with whether they fit; undefined while some of them still ask. */
function useAnswered(children: ReactNode): Case<boolean>[] | undefined {
  const { entity } = useAsyncEntity();
  const apis = useApiHolder();
  const cases = useMemo(
    () =>
      flattenElements(children).map(({ props }, index): Case<boolean | Promise<boolean>> => {
        const { if: condition, children: content } = props as unknown as EntitySwitchCaseProps;
        return { index, content, matches: condition ? entity !== undefined && condition(entity, { apis }) : true };
      }),
    [children, entity, apis],
  );
  const [answers, setAnswers] = useState<{ entity: Entity | undefined; matches: boolean[] }>();
  useEffect(() => {
    if (!isAsking(cases)) {
      return undefined;
    }
    let isCurrent = true;
    const failed = (error: Error) => {
      // What cannot be found out does not hold; the page goes on without that case.
      apis.get(errorApiRef)?.post(error, { hidden: true });
      return false;
    };
    void Promise.all(cases.map(({ matches }) => Promise.resolve(matches).catch(failed))).then(
      matches => isCurrent && setAnswers({ entity, matches }),
    );
    return () => {
      isCurrent = false;
    };
  }, [cases, entity, apis]);

  if (!isAsking(cases)) {
    return cases as Case<boolean>[];
  }
  return answers?.entity === entity && answers?.matches.length === cases.length
    ? cases.map(one => ({ ...one, matches: answers.matches[one.index] ?? false }))
    : undefined;
}

function isAsking(cases: Case<boolean | Promise<boolean>>[]): boolean {
  return cases.some(({ matches }) => typeof matches !== 'boolean');
}
