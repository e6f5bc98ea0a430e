/** An object whose properties that may be undefined may be absent instead. */
type Defined<Given> = {
  [Key in keyof Given as undefined extends Given[Key] ? Key : never]?: Exclude<
    Given[Key],
    undefined
  >;
} & { [Key in keyof Given as undefined extends Given[Key] ? never : Key]: Given[Key] };

/** For JSON and queries, where what is undefined is left out: types tell it from absent. */
export function definedOf<Given extends object>(given: Given): Defined<Given> {
  return given as Defined<Given>;
}
