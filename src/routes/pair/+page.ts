/** A device asks for its code itself: there is nothing to render before its browser is here. */
export const ssr = false;
