/** Sends a request and answers its response. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Does something before and after each request that is sent, tries included: changes the request or
 * the response, answers in the gateway's place, or measures.
 *
 * ```ts
 * const timed: Middleware = async (request, next) => {
 *   const response = await next(request);
 *   console.log(request.url, response.status);
 *   return response;
 * };
 * ```
 */
export type Middleware = (request: Request, next: Fetch) => Promise<Response>;

/** Lays middleware around `fetch`, the first of them outermost. */
export function applyMiddleware(fetch: Fetch, middleware: readonly Middleware[]): Fetch {
  return middleware.reduceRight<Fetch>(
    (next, each) => async (request) => each(request, next),
    fetch,
  );
}
