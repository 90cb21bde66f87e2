/** Does something with each item, so many at a time, and is done when all are. */
export async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  const waiting = items.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of waiting) {
        await work(item, index);
      }
    }),
  );
}
