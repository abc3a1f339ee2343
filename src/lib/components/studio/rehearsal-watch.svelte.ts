import { createSubscriber } from 'svelte/reactivity';

import type { Refusal } from '#lib/components/ui/refusal.ts';
import { rehearsalStatus, type RehearsalPlan, type RehearsalStatus } from '#lib/protocol/rehearsal.ts';
import { callApi, type ApiCall } from '#lib/rest/call-api.ts';
import { refusalOf } from './plan-editor.svelte.ts';

const lookMs = 1_000;

/** The rehearsal of a workshop as the server tells it, asked for every second as long as somebody looks. */
export class RehearsalWatch {
	readonly #workshopId: string;
	#status = $state.raw<RehearsalStatus | undefined>();
	#refusal = $state.raw<Refusal | undefined>();
	#busy = $state(false);
	readonly #subscribe: () => void;

	constructor(workshopId: string) {
		this.#workshopId = workshopId;
		this.#subscribe = createSubscriber(() => {
			let timer: ReturnType<typeof setTimeout> | undefined;
			let looking = true;
			const look = async (): Promise<void> => {
				// What was asked for meanwhile answers with a newer status.
				if (!this.#busy) await this.#ask('', {});
				if (looking) timer = setTimeout(() => void look(), lookMs);
			};
			void look();
			return () => {
				looking = false;
				clearTimeout(timer);
			};
		});
	}

	/** Nothing before the first answer. */
	get status(): RehearsalStatus | undefined {
		this.#subscribe();
		return this.#status;
	}

	/** Why the last thing that was asked for was refused. */
	get refusal(): Refusal | undefined {
		return this.#refusal;
	}

	get busy(): boolean {
		return this.#busy;
	}

	start(plan: RehearsalPlan): Promise<boolean> {
		return this.#change('', { method: 'POST', body: plan });
	}

	end(): Promise<boolean> {
		return this.#change('/end', { method: 'POST' });
	}

	clear(): Promise<boolean> {
		return this.#change('', { method: 'DELETE' });
	}

	async #change(path: '' | '/end', call: ApiCall): Promise<boolean> {
		this.#busy = true;
		this.#refusal = undefined;
		const done = await this.#ask(path, call);
		this.#busy = false;
		return done;
	}

	async #ask(path: '' | '/end', call: ApiCall): Promise<boolean> {
		try {
			this.#status = await callApi(`/workshops/${this.#workshopId}/rehearsal${path}`, rehearsalStatus, call);
			return true;
		} catch (error) {
			this.#refusal = refusalOf(error);
			return false;
		}
	}
}
