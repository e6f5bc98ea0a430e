/**
 * Bytes that HTTP/2 may have under way on a connection and on a stream that carry a link. They must
 * not be the narrow place: the link bounds each exchange by itself.
 */
export const sessionWindowBytes = 16 * 1_024 * 1_024;
export const streamWindowBytes = 4 * 1_024 * 1_024;
