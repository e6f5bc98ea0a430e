// The AsyncAPI 3.1 document of the WebSocket, as a gateway serves it at /asyncapi.json.
export { asyncApiDocument } from "./gen/asyncapi-document.js";
