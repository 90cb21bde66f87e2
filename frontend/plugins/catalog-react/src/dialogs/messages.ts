import { english } from '@callboard/core-components';

/** The texts of the dialog that inspects an entity. */
export const inspectMessages = {
  descriptor: 'Descriptor',
  title: (name: string) => `Inspect ${name}`,
  overview: 'Overview',
  ancestry: 'Ancestry',
  uid: 'UID',
  etag: 'ETag',
  ref: 'Reference',
  apiVersion: 'API version',
  location: 'Read from',
  origin: 'Registered as',
  colocated: 'Co-located',
  yaml: 'YAML',
  json: 'JSON',
  source: 'Source code',
  status: 'Status',
  relations: 'Relations',
  isFine: 'Up to date with its file',
  isOrphan: 'No file or location declares it any more',
  hasErrors: (count: number) => (count === 1 ? '1 error' : `${count} errors`),
  ancestryText: 'Where the entity comes from: an arrow leads from what declares to what is declared.',
  ancestryOf: (name: string) => `Ancestry of ${name}`,
  ancestorFailed: 'has an error',
  sameFile: 'Declared in the same place',
  sameOrigin: 'Came by the same location',
  alone: 'Nothing else.',
  noLocation: 'A provider declares this entity without saying where it has it from.',
  colocatedFailed: 'What stands beside it could not be read',
  more: (count: number) => `And ${english.number(count)} more`,
  ancestryFailed: 'The ancestry could not be read',
  root: 'Registration, configuration or provider',
  views: 'Views',
};

/** The texts of the dialogs by which entities leave the catalog. */
export const removalMessages = {
  unregisterTitle: (name: string) => `Unregister ${name}`,
  deleteTitle: (name: string) => `Delete ${name}`,
  cancel: 'Cancel',
  unregister: (count: number) =>
    count <= 1 ? 'Unregister location' : `Unregister location and ${english.number(count)} entities`,
  deleteEntity: 'Delete entity',
  deleteOnly: 'Delete only this entity',
  deleteOnlyHint: 'Deleting only this entity helps for a moment: as long as its file is there, it comes back when the location is read again.',
  registered: 'It is in the catalog because this location was registered:',
  goesAlong: (count: number) =>
    count === 1
      ? 'Unregistering removes the location and this entity. The files stay as they are, and can be registered again.'
      : `Unregistering removes the location and all ${english.number(count)} entities that came from it. The files stay as they are, and can be registered again.`,
  list: 'What would be removed',
  more: (count: number) => `And ${english.number(count)} more`,
  bootstrap: 'It is part of the portal itself, so it cannot be unregistered.',
  notRegistered: 'Nobody registered it, so there is nothing to unregister: the configuration of the portal, or a provider, declares it.',
  comesBack: 'The entity alone can be deleted. It comes back when its source is read again, unless that no longer declares it.',
  orphan: 'No file or location declares it any more, so it does not come back by itself.',
  failed: 'What would be removed could not be found out',
  removalFailed: 'Nothing was removed',
  locationDenied: 'Unregistering the location needs the permission catalog.location.delete, which you do not have.',
  entityDenied: 'Deleting only this entity needs the permission catalog.entity.delete, which you do not have for it.',
  unregistered: 'The location was unregistered.',
  deleted: 'The entity was deleted.',
};
