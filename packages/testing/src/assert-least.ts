/**
 * Refuses numbers that a fault cannot work with.
 *
 * @throws {RangeError} naming the option and what was expected.
 */
export function assertLeast(least: number, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value >= least)) {
      throw new RangeError(`${name}: expected a number from ${least} on, not ${value}`);
    }
  }
}
