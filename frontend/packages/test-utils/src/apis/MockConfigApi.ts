import { ConfigReader } from '@callboard/core-app-api';
import type { JsonObject } from '@callboard/types';

/** Configuration of a test's own. */
export class MockConfigApi extends ConfigReader {
  constructor(data: JsonObject) {
    super(data, '', [{ context: 'mock-config', data }]);
  }
}
