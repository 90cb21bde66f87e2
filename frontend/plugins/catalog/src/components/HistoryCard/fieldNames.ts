import type { Messages } from '../../translation';

type Name = keyof Messages['history']['fields'];

/** What fields are called that people know by a word, by one of its values and by several. */
const NAMES: Record<string, [Name, Name?]> = {
  'metadata.title': ['title'],
  'metadata.description': ['description'],
  'metadata.tags': ['tag', 'tags'],
  'metadata.links': ['link', 'links'],
  'spec.owner': ['owner'],
  'spec.lifecycle': ['lifecycle'],
  'spec.type': ['type'],
  'spec.system': ['system'],
  'spec.domain': ['domain'],
  'spec.parent': ['parent'],
  'spec.definition': ['definition'],
  'spec.dependsOn': ['dependency', 'dependencies'],
  'spec.providesApis': ['providedApi', 'providedApis'],
  'spec.consumesApis': ['consumedApi', 'consumedApis'],
};

/** What the members of these are called; which one it is stands behind it. */
const PARTS: Record<string, Name> = { 'metadata.labels': 'label', 'metadata.annotations': 'annotation' };

/** What a field is called: by a word, by its path, or by both. */
export function fieldName(path: readonly string[], isMany: boolean, text: Messages['history']['fields']): { word?: string; code?: string } {
  const [one, many] = NAMES[path.join('.')] ?? [];
  if (one) {
    return { word: text[isMany && many ? many : one] };
  }
  const part = PARTS[path.slice(0, 2).join('.')];
  return part && path.length > 2 ? { word: text[part], code: path.slice(2).join('.') } : { code: path.join('.') };
}
