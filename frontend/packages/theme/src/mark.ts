/** The portal's mark, on a square of 14: bars from the top down. */
export const mark = {
  size: 14,
  bars: [
    { y: 1, width: 12 },
    { y: 5.5, width: 8 },
    { y: 10, width: 5 },
  ].map(bar => ({ x: 1, height: 3, rx: 1, ...bar })),
} as const;
