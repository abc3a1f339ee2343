/**
 * Headers between the server and the pages it renders. The server sets both on every page request, whatever came in; the page's
 * code uses the first to find the API over the loopback and hands the second on, so that the API still knows whose browser asks.
 */
export const apiOriginHeader = 'x-boost-api-origin';
export const pagePassHeader = 'x-boost-page-pass';
