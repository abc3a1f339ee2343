/** Everything on this page comes from the fragment of its address, which never reaches a server. */
export const ssr = false;
