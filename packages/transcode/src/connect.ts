// A transcoder for services that are written for Connect.
export { type ConnectMethods, fromConnectRoutes } from "./connect/from-connect-routes.js";
export { renderConnectError } from "./connect/render-connect-error.js";
