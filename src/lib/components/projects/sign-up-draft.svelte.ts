import type { z } from 'zod';

import type { Refusal } from '#lib/components/ui/refusal.ts';
import type { Involvement } from '#lib/domain/project.ts';
import { isErrorCode } from '#lib/protocol/errors.ts';
import { signUp, signUpReceipt } from '#lib/protocol/projects.ts';
import { callApi } from '#lib/rest/call-api.ts';
import { Submission } from '#lib/rest/submission.svelte.ts';

/** In their order on the form. */
export const signUpFields = ['involvement', 'name', 'email', 'message', 'consent'] as const;
export type SignUpField = (typeof signUpFields)[number];

/** What somebody is writing into the sign-up form. It keeps every word until the entry is saved. */
export class SignUpDraft {
	involvement = $state<Involvement | null>(null);
	name = $state('');
	email = $state('');
	message = $state('');
	consent = $state(false);

	problems = $state.raw<Readonly<Partial<Record<SignUpField, Refusal>>>>({});
	/** Refuses what is wrong with none of the fields: no network, too many attempts. */
	readonly sending = new Submission();
	/** Of the saved entry. */
	token = $state<string | null>(null);

	readonly #path: `/${string}`;

	constructor(editionSlug: string, projectSlug: string) {
		this.#path = `/editions/${encodeURIComponent(editionSlug)}/projects/${encodeURIComponent(projectSlug)}/members`;
	}

	/** Sends the entry, unless a field is wrong. @returns whether it has been saved */
	async send(): Promise<boolean> {
		const { involvement, name, email, message, consent } = this;
		const parsed = signUp.safeParse({ involvement, name, email, message, consent });
		this.problems = parsed.success ? {} : problemsOf(parsed.error);
		if (!parsed.success) return false;
		return this.sending.run(async () => {
			const receipt = await callApi(this.#path, signUpReceipt, { body: parsed.data });
			this.token = receipt.token;
		});
	}

	/** Empties the form for the next person on this device. */
	clear(): void {
		this.involvement = null;
		this.name = this.email = this.message = '';
		this.consent = false;
		this.token = null;
	}
}

/** The first thing that is wrong with each field. */
function problemsOf(error: z.ZodError): Partial<Record<SignUpField, Refusal>> {
	const problems: Partial<Record<SignUpField, Refusal>> = {};
	for (const { path, message } of error.issues) {
		const field = signUpFields.find((name) => name === path[0]);
		if (field !== undefined) problems[field] ??= { code: isErrorCode(message) ? message : 'request.invalid' };
	}
	return problems;
}
