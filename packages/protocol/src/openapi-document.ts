// The OpenAPI 3.1 document of the REST face, as a gateway serves it at /openapi.json.
export { openApiDocument } from "./gen/openapi-document.js";
