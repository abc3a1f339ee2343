import { AppError } from '#lib/protocol/errors.ts';
import { ownDevice, pairingState, startedPairing, type DeviceKind, type OwnDevice } from '#lib/protocol/pairing.ts';
import { callApi } from '#lib/rest/call-api.ts';

/**
 * `asking` whether this device is paired already, `waiting` while a facilitator types the code it shows, then `paired`.
 * Whatever goes wrong on the way (no network, a code that ran out) is tried again, without anybody touching the device.
 */
export type PairingProgress =
	| { readonly state: 'asking' }
	| { readonly state: 'waiting'; readonly code: string }
	| { readonly state: 'paired'; readonly device: OwnDevice };

const pollMs = 2_000;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

export type DevicePairingOptions = {
	readonly kind: DeviceKind;
	/** The join code of the workshop this device was opened for, so that its facilitators see it waiting. */
	readonly workshopCode?: string | undefined;
};

/** Gets a tablet or projector paired. Call `start` in the browser; it runs until the device is paired or `stop` is called. */
export class DevicePairing {
	readonly #kind: DeviceKind;
	#workshopCode: string | undefined;
	#progress: PairingProgress = $state.raw({ state: 'asking' });
	#reachable = $state(true);
	#running: AbortController | null = null;

	constructor({ kind, workshopCode }: DevicePairingOptions) {
		this.#kind = kind;
		this.#workshopCode = workshopCode;
	}

	get progress(): PairingProgress {
		return this.#progress;
	}

	/** False while the server can't be reached. */
	get reachable(): boolean {
		return this.#reachable;
	}

	start(): void {
		this.stop();
		const running = new AbortController();
		this.#running = running;
		void this.#run(running.signal);
	}

	stop(): void {
		this.#running?.abort();
		this.#running = null;
	}

	async #run(signal: AbortSignal): Promise<void> {
		let retryMs = firstRetryMs;
		while (!signal.aborted) {
			try {
				this.#progress = { state: 'asking' };
				const device = (await this.#paired(signal)) ?? (await this.#pair(signal));
				this.#reachable = true;
				this.#progress = { state: 'paired', device };
				return;
			} catch (error) {
				if (isAbort(error)) return;
				if (!(error instanceof AppError)) throw error;
				// A code that ran out is replaced at once; anything else may need a moment.
				if (error.code === 'pairing.expired' || error.code === 'pairing.codeUnknown') continue;
				// A mistyped workshop in the address is no reason to stay out: the device's own code is enough.
				if (error.code === 'join.codeUnknown' || error.code === 'request.invalid') this.#workshopCode = undefined;
				this.#reachable = error.code !== 'connection.lost';
				await pause(retryMs * (0.5 + Math.random() / 2), signal);
				retryMs = Math.min(longestRetryMs, retryMs * 2);
			}
		}
	}

	/** This device as it was paired before; undefined if it wasn't, for this kind. */
	async #paired(signal: AbortSignal): Promise<OwnDevice | undefined> {
		try {
			const device = await callApi('/device', ownDevice, { signal });
			return device.kind === this.#kind ? device : undefined;
		} catch (error) {
			const unknown =
				error instanceof AppError && (error.code === 'session.missing' || error.code === 'session.expired');
			if (unknown) return undefined;
			throw error;
		}
	}

	async #pair(signal: AbortSignal): Promise<OwnDevice> {
		const kind = this.#kind;
		const workshopCode = this.#workshopCode;
		const request = workshopCode === undefined ? { kind } : { kind, workshopCode };
		const { code, secret } = await callApi('/pairings', startedPairing, { body: request, signal });
		this.#reachable = true;
		this.#progress = { state: 'waiting', code };
		for (;;) {
			await pause(pollMs, signal);
			if (await this.#isApproved(secret, signal)) return callApi('/device', ownDevice, { signal });
		}
	}

	/** The code stays good while the network is away, so a lost question is simply asked again. */
	async #isApproved(secret: string, signal: AbortSignal): Promise<boolean> {
		try {
			const { state } = await callApi('/pairings/poll', pairingState, { body: { secret }, signal });
			this.#reachable = true;
			return state === 'approved';
		} catch (error) {
			if (!(error instanceof AppError) || error.code !== 'connection.lost') throw error;
			this.#reachable = false;
			return false;
		}
	}
}

function isAbort(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'AbortError';
}

/** @throws DOMException `AbortError` */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			clearTimeout(timer);
			reject(new DOMException('Stopped', 'AbortError'));
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', abort);
			resolve();
		}, milliseconds);
		signal.addEventListener('abort', abort, { once: true });
	});
}
