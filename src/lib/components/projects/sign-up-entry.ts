import type { z } from 'zod';

import type { Refusal } from '#lib/components/ui/refusal.ts';
import { involvement as involvementSchema, type Involvement } from '#lib/domain/project.ts';
import { isErrorCode } from '#lib/protocol/errors.ts';
import { signUp } from '#lib/protocol/projects.ts';

/** What somebody typed into the sign-up form, right or wrong. */
export type SignUpEntry = {
	readonly involvement: Involvement | null;
	readonly name: string;
	readonly email: string;
	readonly message: string;
	readonly consent: boolean;
};

/** In their order on the form. */
export const signUpFields = ['involvement', 'name', 'email', 'message', 'consent'] as const;
export type SignUpField = (typeof signUpFields)[number];
export type SignUpProblems = Readonly<Partial<Record<SignUpField, Refusal>>>;

/** What a form sent by itself brings back to the page: everything that was typed, and what came of it. */
export type SignUpOutcome = {
	readonly entry: SignUpEntry;
	readonly problems: SignUpProblems;
	readonly refusal: Refusal | null;
	/** Of the saved entry. */
	readonly token: string | null;
};

export const blankEntry: SignUpEntry = { involvement: null, name: '', email: '', message: '', consent: false };

export function entryOfForm(form: FormData): SignUpEntry {
	const text = (field: SignUpField): string => {
		const value = form.get(field);
		return typeof value === 'string' ? value : '';
	};
	const chosen = involvementSchema.safeParse(text('involvement'));
	return {
		involvement: chosen.success ? chosen.data : null,
		name: text('name'),
		email: text('email'),
		message: text('message'),
		consent: text('consent') === 'on',
	};
}

/** The entry as the server takes it, or the first thing that is wrong with each field. */
export function checkEntry(entry: SignUpEntry): { data: z.output<typeof signUp> } | { problems: SignUpProblems } {
	const parsed = signUp.safeParse(entry);
	return parsed.success ? { data: parsed.data } : { problems: problemsOf(parsed.error) };
}

function problemsOf(error: z.ZodError): SignUpProblems {
	const problems: Partial<Record<SignUpField, Refusal>> = {};
	for (const { path, message } of error.issues) {
		const field = signUpFields.find((name) => name === path[0]);
		if (field !== undefined) problems[field] ??= { code: isErrorCode(message) ? message : 'request.invalid' };
	}
	return problems;
}
