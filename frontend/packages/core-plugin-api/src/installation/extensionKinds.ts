import type { ConfigSchema } from './schema';

/** What configuration may change of an extension's parameters: how each value is read. Throws when one is wrong. */
export type ParamSettings<Params> = { [Name in keyof Params]?: (value: unknown) => Params[Name] };

/** Something a plugin adds to an app, as its package declares it. */
export interface ExtensionDeclaration<Params = unknown> {
  readonly kind: ExtensionKind<Params>;
  /** Tells apart extensions of one kind of one plugin; the main one has none. */
  readonly name?: string;
  readonly params: Params;
  /** Extensions of a kind stand in the order of these numbers, 100 where there is none. */
  readonly order: number;
  /** False for one that stays off until configuration turns it on. */
  readonly enabled: boolean;
  /** The feature flag that has to be on for it, when the app starts. */
  readonly featureFlag?: string;
  /** What the extension reads with `useExtensionConfig`. */
  readonly config?: ConfigSchema;
}

/** What every declaration has besides the parameters of its kind. */
export interface DeclarationOptions {
  name?: string;
  order?: number;
  enabled?: boolean;
  featureFlag?: string;
  config?: ConfigSchema;
}

/** A kind of extension: a place in the app that plugins add to. */
export interface ExtensionKind<Params> {
  /** The first part of the ids of its extensions, as in `page:catalog`. */
  readonly id: string;
  readonly settings: ParamSettings<Params>;
  /** Only for the type; always undefined. */
  readonly P: Params | undefined;
}

/**
 * Creates a kind of extension. Whoever shows the extensions of the kind exports it, with the function that declares
 * one, from a library that plugins may import.
 */
export function createExtensionKind<Params>(options: {
  id: string;
  settings?: ParamSettings<Params>;
}): ExtensionKind<Params> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(options.id)) {
    throw new Error(`The id of an extension kind must be lower-case words joined by dashes, got '${options.id}'`);
  }
  return { id: options.id, settings: options.settings ?? {}, P: undefined };
}

/** Declares an extension of a kind. */
export function declareExtension<Params>(
  kind: ExtensionKind<Params>,
  options: Params & DeclarationOptions,
): ExtensionDeclaration<Params> {
  const { name, order = 100, enabled = true, featureFlag, config, ...params } = options;
  return { kind, name, order, enabled, featureFlag, config, params: params as unknown as Params };
}

/** The id by which configuration names an extension. */
export function extensionId(kindId: string, pluginId: string, name?: string): string {
  return name ? `${kindId}:${pluginId}/${name}` : `${kindId}:${pluginId}`;
}
