import { setupState } from '#lib/protocol/accounts.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => loadFromApi('/setup', setupState, fetch);
