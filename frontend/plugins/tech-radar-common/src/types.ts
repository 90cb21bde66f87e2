/** A quarter of the radar. */
export interface RadarQuadrant {
  id: string;
  name: string;
}

/** A step of adoption; the first is the innermost. */
export interface RadarRing {
  id: string;
  name: string;
  /** A CSS colour. Absent means the portal's own. */
  color?: string;
  description?: string;
}

/** Where an entry moved with a snapshot: 1 towards the centre, -1 away from it, 0 not at all. */
export type RadarMovement = -1 | 0 | 1;

/** An entry at one time. */
export interface RadarSnapshot {
  date: Date;
  ringId: string;
  /** Markdown. */
  description?: string;
  moved?: RadarMovement;
}

export interface RadarLink {
  url: string;
  title: string;
}

/** A technology, technique, tool or whatever else the radar is about. */
export interface RadarEntry {
  key: string;
  id: string;
  /** The id of its quadrant. */
  quadrant: string;
  title: string;
  url?: string;
  /** Markdown. */
  description?: string;
  links?: RadarLink[];
  /** The newest snapshot first, and at least one. */
  timeline: RadarSnapshot[];
}

/** A whole radar, in the shape that Backstage's plugin loads. */
export interface TechRadarLoaderResponse {
  /** Four, clockwise from the bottom right. */
  quadrants: RadarQuadrant[];
  /** From the innermost outwards. */
  rings: RadarRing[];
  entries: RadarEntry[];
}
