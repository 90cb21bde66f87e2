import { CatalogClient } from '@callboard/catalog-client';
import type { DiscoveryApi, FetchApi } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { parseRadar, type TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import type { RadarSource, TechRadarApi } from './techRadarApi';

/** A radar bigger than this is a mistake in the address. */
const MAX_CHARACTERS = 5_000_000;

/** Where the radar lies somebody says no. */
class RadarResponseError extends Error {
  override readonly name = 'RadarResponseError';
  readonly status: number;

  constructor(url: string, { status, message }: ResponseError) {
    super(`${url}: ${message}`);
    this.status = status;
  }
}

/** Loads radars from where the configuration says they lie: an address, an entity, or this package. */
export class ConfiguredTechRadar implements TechRadarApi {
  private readonly discoveryApi: DiscoveryApi;
  private readonly fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  async load(_id?: string, { url, entity }: RadarSource = {}): Promise<TechRadarLoaderResponse> {
    if (url) {
      return radarOf(await this.fromUrl(url), url);
    }
    if (entity) {
      return radarOf(await this.fromEntity(entity), `spec.radar of ${entity}`);
    }
    return import('./builtInRadar').then(({ builtInRadar }) => parseRadar(builtInRadar));
  }

  private async fromUrl(url: string): Promise<unknown> {
    const response = await this.fetchApi.fetch(new URL(url, window.location.href).href);
    if (!response.ok) {
      throw new RadarResponseError(url, await ResponseError.fromResponse(response, 'GET'));
    }
    return read(await response.text(), url);
  }

  /** The radar of an entity is its `spec.radar`: an object, or a text as `$text` makes of a file. */
  private async fromEntity(ref: string): Promise<unknown> {
    const entity = await new CatalogClient({ discoveryApi: this.discoveryApi, fetchApi: this.fetchApi }).getEntityByRef(ref);
    if (!entity) {
      throw new Error(`${ref}, which should hold the radar, is not in the catalog`);
    }
    const radar = entity.spec?.radar;
    if (radar === undefined) {
      throw new Error(`${ref} has no spec.radar, which should hold the radar`);
    }
    return typeof radar === 'string' ? read(radar, `spec.radar of ${ref}`) : radar;
  }
}

/** Says of what is wrong where it lies. */
function radarOf(data: unknown, source: string): TechRadarLoaderResponse {
  try {
    return parseRadar(data);
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`, { cause: error });
  }
}

/** YAML is a superset of JSON. */
async function read(text: string, source: string): Promise<unknown> {
  if (text.length > MAX_CHARACTERS) {
    throw new Error(`${source} is too large for a radar`);
  }
  const { parse } = await import('yaml');
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${source} is neither JSON nor YAML: ${(error as Error).message}`, { cause: error });
  }
}
