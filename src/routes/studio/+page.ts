import { editionsOfAccount } from '#lib/protocol/programmes.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ fetch }) => loadFromApi('/editions', editionsOfAccount, fetch);
