/** What people wish each other at a time of the day. */
export type Greeting = 'morning' | 'afternoon' | 'evening';

/** How one greets at an hour from 0 to 23. Whoever is up at night has not begun a new day. */
export function greetingAt(hour: number): Greeting {
  return hour >= 5 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
