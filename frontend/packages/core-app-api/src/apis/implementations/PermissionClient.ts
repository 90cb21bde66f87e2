import {
  AuthorizeResult,
  type ConfigApi,
  type EvaluatePermissionRequest,
  type EvaluatePermissionResponse,
  type FetchApi,
  type PermissionApi,
} from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';

/** What is asked for within this time goes to the portal together. */
const GATHER_MS = 10;

/** Who looks after the portal is said by the portal alone, also where it has no permissions. */
const ADMINISTRATIVE: readonly string[] = ['admin.status.read', 'audit.event.read'];

/** Asks the portal for permissions. Where it has none, everybody has all but the administrative ones, and it is not asked for the others. */
export class PermissionClient implements PermissionApi {
  private gathered: EvaluatePermissionRequest[] = [];
  private answers: Promise<Promise<AuthorizeResult | undefined>[]> | undefined;

  constructor(private readonly apis: { configApi: ConfigApi; fetchApi: FetchApi }) {}

  async authorize(request: EvaluatePermissionRequest): Promise<EvaluatePermissionResponse> {
    const known = this.known(request);
    if (known) {
      return known;
    }
    const index = this.gathered.push(request) - 1;
    this.answers ??= this.askSoon();
    const result = await (await this.answers)[index];
    // What has no answer is not allowed.
    return { result: result === AuthorizeResult.ALLOW ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }

  known({ permission }: EvaluatePermissionRequest): EvaluatePermissionResponse | undefined {
    const isEnabled = this.apis.configApi.getOptionalBoolean('permission.enabled');
    return isEnabled || ADMINISTRATIVE.includes(permission.name) ? undefined : { result: AuthorizeResult.ALLOW };
  }

  private async askSoon(): Promise<Promise<AuthorizeResult | undefined>[]> {
    await new Promise(resolve => setTimeout(resolve, GATHER_MS));
    const requests = this.gathered;
    this.gathered = [];
    this.answers = undefined;
    const together = this.ask(requests);
    return requests.map(async (request, index) => {
      try {
        return (await together)[index];
      } catch (error) {
        if (requests.length === 1) {
          throw error;
        }
        // The portal answers all or nothing, and what one asks for must not depend on what another does.
        return (await this.ask([request]))[0];
      }
    });
  }

  /** Asks for all by one request; the results stand in the order of the questions. */
  private async ask(requests: readonly EvaluatePermissionRequest[]): Promise<(AuthorizeResult | undefined)[]> {
    const response = await this.apis.fetchApi.fetch('plugin://permission/authorize', {
      method: 'POST',
      body: JSON.stringify({ items: requests.map((request, id) => ({ id: String(id), ...request })) }),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response, 'POST');
    }
    const { items } = (await response.json()) as { items: { id: string; result: AuthorizeResult }[] };
    const results = new Map(items.map(({ id, result }) => [id, result]));
    return requests.map((_, id) => results.get(String(id)));
  }
}
