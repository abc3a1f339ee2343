/** What a slip's picture says stands behind the `#`, where only the browser reads it. */
export const ssr = false;
