/** The values of a path's parameters. */
export type AnyParams = Record<string, string>;

/** Those of a route that may have none. */
export type AnyRouteRefParams = AnyParams | undefined;

/** Makes a path out of its parameters; takes none where the route has none. */
export type RouteFunc<Params extends AnyParams> = (
  ...args: keyof Params extends never ? [] : [params: Params]
) => string;

/** Stands for a page that an app mounts somewhere. */
export interface RouteRef<Params extends AnyParams = AnyParams> {
  readonly type: 'absolute';
  readonly id: string;
  readonly params: readonly string[];
  /** Only for the type. */
  readonly P?: Params;
}

/** Stands for a fixed path below a route. */
export interface SubRouteRef<Params extends AnyParams = AnyParams> {
  readonly type: 'sub';
  readonly id: string;
  readonly params: readonly string[];
  readonly path: string;
  readonly parent: RouteRef;
  readonly P?: Params;
}

/** Stands for a page of another plugin, which the app chooses. */
export interface ExternalRouteRef<Params extends AnyParams = AnyParams, Optional extends boolean = boolean> {
  readonly type: 'external';
  readonly id: string;
  readonly params: readonly string[];
  readonly optional: Optional;
  /** The plugin and route taken when the app binds nothing, as `plugin.route`. */
  readonly defaultTarget?: string;
  readonly P?: Params;
}

export type AnyRouteRef = RouteRef | SubRouteRef | ExternalRouteRef;
export type AnyRoutes = Record<string, RouteRef | SubRouteRef>;
export type AnyExternalRoutes = Record<string, ExternalRouteRef>;

/** The parameters that a path pattern names. */
export type PathParams<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? SegmentParam<Head> | PathParams<Tail>
  : SegmentParam<Path>;
type SegmentParam<Segment extends string> = Segment extends `:${infer Name}` ? Name : never;
