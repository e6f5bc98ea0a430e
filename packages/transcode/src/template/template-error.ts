/** Says what is wrong with a path template and where. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  /** The template as it was given. */
  readonly template: string;
  /** Where it goes wrong, counted from 1. */
  readonly column: number;

  constructor(template: string, column: number, problem: string) {
    super(`path template ${JSON.stringify(template)}, column ${column}: ${problem}`);
    this.template = template;
    this.column = column;
  }
}
