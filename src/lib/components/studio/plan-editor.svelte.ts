import { createContext } from 'svelte';

import type { Refusal } from '#lib/components/ui/refusal.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { workshopPlan, type WorkshopPlan } from '#lib/protocol/workshops.ts';
import { callApi, type ApiCall } from '#lib/rest/call-api.ts';

type Method = NonNullable<ApiCall['method']>;

/**
 * The plan of a workshop while somebody works on it. Every change goes to the server, and what the server answers is what is
 * shown; a refused change leaves the plan as it is and says why.
 */
export class PlanEditor {
	#plan: WorkshopPlan;
	#busy = $state(false);
	#refusal = $state.raw<Refusal | undefined>();

	constructor(plan: WorkshopPlan) {
		this.#plan = $state.raw(plan);
	}

	get plan(): WorkshopPlan {
		return this.#plan;
	}

	/** The page was loaded anew. */
	set plan(plan: WorkshopPlan) {
		this.#plan = plan;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** Why the last {@link change} was refused; gone with the next one. */
	get refusal(): Refusal | undefined {
		return this.#refusal;
	}

	/**
	 * Sends a change to an address below this workshop's (`/steps/…`, or nothing for the workshop itself). Returns whether it
	 * was taken; why not is shown on the page.
	 */
	async change(path: string, method: Method, body?: unknown): Promise<boolean> {
		this.#refusal = await this.submit(path, method, body);
		return this.#refusal === undefined;
	}

	/** Like {@link change}, for a form that shows the refusal itself: returns it, or nothing if the change was taken. */
	async submit(path: string, method: Method, body?: unknown): Promise<Refusal | undefined> {
		this.#busy = true;
		try {
			this.#plan = await callApi(`/workshops/${this.#plan.id}${path}`, workshopPlan, { method, body });
			return undefined;
		} catch (error) {
			return refusalOf(error);
		} finally {
			this.#busy = false;
		}
	}
}

/** What to show of an error; anything but a refusal is thrown on. */
export function refusalOf(error: unknown): Refusal {
	if (error instanceof AppError) return error.toWire();
	throw error;
}

const [getPlanEditor, setPlanEditor] = createContext<PlanEditor>();

export { getPlanEditor };

/** For the page of a workshop. */
export function providePlanEditor(plan: WorkshopPlan): PlanEditor {
	return setPlanEditor(new PlanEditor(plan));
}
