import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { isUrlField, isUrlList } from "./field-path.js";

/** A request field that may be given in the query. */
export interface QueryField {
  /** Its path by proto names, such as `filter.page_size`. */
  readonly name: string;
  /** Its path by JSON names, such as `filter.pageSize`. */
  readonly jsonName: string;
  /** From a field of the request to the field that is set. */
  readonly fields: readonly DescField[];
  /** Whether the parameter may be given several times. */
  readonly repeated: boolean;
}

/**
 * Lists the fields of a message that a query can hold, in the order of declaration, without those
 * whose path (by proto names) or whose parent is in `taken`.
 */
export function listQueryFields(message: DescMessage, taken: ReadonlySet<string>): QueryField[] {
  const found: QueryField[] = [];
  visit(message, [], new Set([message.typeName]));
  return found;

  function visit(scope: DescMessage, parents: readonly DescField[], open: Set<string>): void {
    for (const field of scope.fields) {
      const fields = [...parents, field];
      const name = fields.map((each) => each.name).join(".");
      if (taken.has(name)) {
        continue;
      }
      const repeated = isUrlList(field);
      if (repeated || isUrlField(field)) {
        const jsonName = fields.map((each) => each.jsonName).join(".");
        found.push({ name, jsonName, fields, repeated });
      } else if (field.fieldKind === "message" && !isFreeForm(field.message)) {
        if (!open.has(field.message.typeName)) {
          visit(field.message, fields, new Set([...open, field.message.typeName]));
        }
      }
    }
  }
}

function isFreeForm(message: DescMessage): boolean {
  return ["Any", "Struct", "Value", "ListValue"].some(
    (name) => message.typeName === `google.protobuf.${name}`,
  );
}
