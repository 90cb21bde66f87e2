/** A CircleCI in memory, for tests. */
export declare class CircleCISimulator {
  constructor(options?: { slugs?: string[]; pipelines?: number; now?: number; token?: string });
  /** What the header `Circle-Token` must be. */
  readonly token: string;
  /** Requests as they came, such as `GET /api/v2/me`. */
  readonly requests: string[];
  /** How many requests are still let through before 429; undefined for all. */
  budget: number | undefined;
  /** Answers a request for `https://circleci.com/api/...`, whatever its origin. */
  handle(request: Request): Promise<Response>;
}
