import { redirect } from '@sveltejs/kit';
import { joinCode } from '#lib/protocol/join.ts';
import type { PageServerLoad } from './$types';

/** The join form where scripts don't run. */
export const load: PageServerLoad = ({ url }) => {
	const typed = url.searchParams.get('code');
	if (typed === null) return { rejected: null };
	const code = joinCode.safeParse(typed);
	if (code.success) redirect(303, `/j/${code.data}`);
	return { rejected: typed.slice(0, 40) };
};
