// For every server of this repository that offers server reflection.
export { createReflectionRoutes } from "./reflection/create-reflection-routes.js";
