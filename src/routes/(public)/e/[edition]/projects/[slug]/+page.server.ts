import { fail } from '@sveltejs/kit';

import { checkEntry, entryOfForm, type SignUpOutcome } from '#lib/components/projects/sign-up-entry.ts';
import { signUpPath } from '#lib/components/projects/sign-up-path.ts';
import { AppError, statusOf } from '#lib/protocol/errors.ts';
import { signUpReceipt } from '#lib/protocol/projects.ts';
import { callApi } from '#lib/rest/call-api.ts';
import type { Actions } from './$types';

/** The sign-up form where scripts don't run, or don't yet. */
export const actions: Actions = {
	async default({ request, params, fetch }) {
		const entry = entryOfForm(await request.formData());
		const checked = checkEntry(entry);
		if ('problems' in checked) return fail(400, outcomeOf({ entry, problems: checked.problems }));
		try {
			const path = signUpPath(params.edition, params.slug);
			const { token } = await callApi(path, signUpReceipt, { body: checked.data, fetch });
			return outcomeOf({ entry, token });
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			return fail(statusOf(error.code), outcomeOf({ entry, refusal: error.toWire() }));
		}
	},
};

function outcomeOf(outcome: Pick<SignUpOutcome, 'entry'> & Partial<SignUpOutcome>): SignUpOutcome {
	return { problems: {}, refusal: null, token: null, ...outcome };
}
