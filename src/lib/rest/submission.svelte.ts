import { AppError, type WireError } from '#lib/protocol/errors.ts';

/** One thing a form asks of the server: whether it is under way, and how it was refused. */
export class Submission {
	#busy = $state(false);
	#refusal = $state.raw<WireError>();

	get busy(): boolean {
		return this.#busy;
	}

	get refusal(): WireError | undefined {
		return this.#refusal;
	}

	/** The refusal if it is about this field: its code begins like one of these, or its `field` is the name. */
	refusalOf(...beginnings: readonly string[]): WireError | undefined {
		const refusal = this.#refusal;
		if (refusal === undefined) return undefined;
		const { code, params } = refusal;
		return beginnings.some((beginning) => code.startsWith(beginning) || params?.field === beginning)
			? refusal
			: undefined;
	}

	/** Does the work, unless it is under way already. Resolves to whether it was done; faults that aren't refusals are thrown on. */
	async run(work: () => Promise<void>): Promise<boolean> {
		if (this.#busy) return false;
		this.#busy = true;
		this.#refusal = undefined;
		try {
			await work();
			return true;
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			this.#refusal = error.toWire();
			return false;
		} finally {
			this.#busy = false;
		}
	}
}
