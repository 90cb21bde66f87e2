import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

export interface Hotkey {
  /** Keys as shown to people, such as `Ctrl+K` or `j`. */
  keys: readonly string[];
  description: string;
}

interface Binding extends Hotkey {
  handler(event: KeyboardEvent): void;
}

const bindings = new Set<Binding>();
const listeners = new Set<() => void>();
let listed: readonly Hotkey[] = [];

function changed() {
  listed = [...bindings].filter(({ description }) => description !== '');
  listeners.forEach(notify => notify());
}

function subscribe(notify: () => void) {
  listeners.add(notify);
  return () => {
    listeners.delete(notify);
  };
}

/** Calls the handler on any of the keys while the component is there. Letters do nothing while text is typed. */
export function useHotkey(keys: readonly string[], description: string, handler: (event: KeyboardEvent) => void): void {
  const onKey = useEffectEvent(handler);
  const joined = keys.join(' ');
  useEffect(() => {
    const binding: Binding = { keys: joined.split(' '), description, handler: event => onKey(event) };
    if (bindings.size === 0) {
      document.addEventListener('keydown', dispatch);
    }
    bindings.add(binding);
    changed();
    return () => {
      bindings.delete(binding);
      changed();
      if (bindings.size === 0) {
        document.removeEventListener('keydown', dispatch);
      }
    };
  }, [joined, description]);
}

/** The keys that do something on the page as it is now. */
export function useHotkeyList(): readonly Hotkey[] {
  return useSyncExternalStore(subscribe, () => listed);
}

function dispatch(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) {
    return;
  }
  const withControl = event.ctrlKey || event.metaKey;
  if (!withControl && (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]'))) {
    return;
  }
  const pressed = `${withControl ? 'ctrl+' : ''}${event.key.toLowerCase()}`;
  // The component mounted last is the innermost and wins.
  const binding = [...bindings].reverse().find(({ keys }) => keys.some(key => key.toLowerCase() === pressed));
  binding?.handler(event);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || isTextInput(target))
  );
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type);
}
