import type { AuthorizeResult, EvaluatePermissionRequest, EvaluatePermissionResponse, PermissionApi } from '@callboard/core-plugin-api';

/** Says who may do what; everybody everything where a test does not say. */
export class MockPermissionApi implements PermissionApi {
  constructor(private readonly decide: (request: EvaluatePermissionRequest) => AuthorizeResult = () => 'ALLOW') {}

  async authorize(request: EvaluatePermissionRequest): Promise<EvaluatePermissionResponse> {
    return { result: this.decide(request) };
  }
}
