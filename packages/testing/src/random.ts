/** Answers the next number from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * Random numbers that are the same for the same seeds: good enough for tests, never for secrets.
 *
 * The generator is sfc32 of PractRand, its state filled from the seeds.
 */
export function createRandom(...seeds: readonly number[]): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (const seed of seeds) {
    a ^= seed | 0;
    b ^= Math.floor(seed / 2 ** 32) | 0;
    // Neighbouring seeds are strangers after twelve rounds.
    for (let round = 0; round < 12; round++) next();
  }
  return next;
}
