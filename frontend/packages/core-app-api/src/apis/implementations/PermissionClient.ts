import { askPermissions } from '@callboard/core-components';
import {
  AuthorizeResult,
  type ConfigApi,
  type EvaluatePermissionRequest,
  type EvaluatePermissionResponse,
  type FetchApi,
  type PermissionApi,
} from '@callboard/core-plugin-api';

/** What is asked for within this time goes to the portal together. */
const GATHER_MS = 10;

/** Asks the portal for permissions. Where it has none, everybody has all, and it is not asked. */
export class PermissionClient implements PermissionApi {
  private gathered: EvaluatePermissionRequest[] = [];
  private answers: ReturnType<typeof askPermissions> | undefined;

  constructor(private readonly apis: { configApi: ConfigApi; fetchApi: FetchApi }) {}

  async authorize(request: EvaluatePermissionRequest): Promise<EvaluatePermissionResponse> {
    if (!this.apis.configApi.getOptionalBoolean('permission.enabled')) {
      return { result: AuthorizeResult.ALLOW };
    }
    const index = this.gathered.push(request) - 1;
    this.answers ??= this.askSoon();
    // What has no answer is not allowed.
    return { result: (await this.answers)[index] === AuthorizeResult.ALLOW ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }

  private async askSoon() {
    await new Promise(resolve => setTimeout(resolve, GATHER_MS));
    const requests = this.gathered;
    this.gathered = [];
    this.answers = undefined;
    return askPermissions(this.apis.fetchApi, requests);
  }
}
