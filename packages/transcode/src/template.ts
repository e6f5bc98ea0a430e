// How a service is laid out over HTTP, for generators and routers.

export { bindings, type HttpBinding, type PathVariable } from "./template/bindings.js";
export {
  type PlainSegment,
  parseTemplate,
  type Segment,
  type Template,
  type VariableSegment,
} from "./template/parse-template.js";
export type { QueryField } from "./template/query-fields.js";
export { TemplateError } from "./template/template-error.js";
