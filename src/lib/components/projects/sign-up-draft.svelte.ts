import type { Refusal } from '#lib/components/ui/refusal.ts';
import type { Involvement } from '#lib/domain/project.ts';
import { signUpReceipt } from '#lib/protocol/projects.ts';
import { callApi } from '#lib/rest/call-api.ts';
import { Submission } from '#lib/rest/submission.svelte.ts';

import { blankEntry, checkEntry, type SignUpEntry, type SignUpOutcome, type SignUpProblems } from './sign-up-entry.ts';

/** What somebody is writing into the sign-up form. It keeps every word until the entry is saved. */
export class SignUpDraft {
	involvement = $state<Involvement | null>(null);
	name = $state('');
	email = $state('');
	message = $state('');
	consent = $state(false);

	problems = $state.raw<SignUpProblems>({});
	/** Of the saved entry. */
	token = $state<string | null>(null);

	readonly #submission = new Submission();
	#refusedBefore = $state.raw<Refusal | null>(null);
	readonly #path: `/${string}`;

	/** @param outcome of a form that was sent without scripts */
	constructor(path: `/${string}`, outcome: SignUpOutcome | null) {
		this.#path = path;
		if (outcome === null) return;
		this.#fill(outcome.entry);
		this.problems = outcome.problems;
		this.token = outcome.token;
		this.#refusedBefore = outcome.refusal;
	}

	get busy(): boolean {
		return this.#submission.busy;
	}

	/** What is wrong with none of the fields: no network, too many attempts. */
	get refusal(): Refusal | undefined {
		return this.#submission.refusal ?? this.#refusedBefore ?? undefined;
	}

	/** Sends the entry, unless a field is wrong. @returns whether it has been saved */
	async send(): Promise<boolean> {
		this.#refusedBefore = null;
		const { involvement, name, email, message, consent } = this;
		const checked = checkEntry({ involvement, name, email, message, consent });
		this.problems = 'problems' in checked ? checked.problems : {};
		if ('problems' in checked) return false;
		return this.#submission.run(async () => {
			const receipt = await callApi(this.#path, signUpReceipt, { body: checked.data });
			this.token = receipt.token;
		});
	}

	/** Empties the form for the next person on this device. */
	clear(): void {
		this.#fill(blankEntry);
		this.token = null;
	}

	#fill(entry: SignUpEntry): void {
		this.involvement = entry.involvement;
		this.name = entry.name;
		this.email = entry.email;
		this.message = entry.message;
		this.consent = entry.consent;
	}
}
