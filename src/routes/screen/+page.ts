/** A screen is paired and live: there is nothing to render before its browser is here. */
export const ssr = false;
