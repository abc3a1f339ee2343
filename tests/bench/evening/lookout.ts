import type { Audience } from '#lib/protocol/live.ts';

import { BrowserClient } from '../../helpers/browser-client.ts';
import { Guest, type LiveConnection } from '../../helpers/guest.ts';

/** A device that looks at the workshop, and notes when it is shown something new. */
export class Lookout implements Disposable {
	readonly connection: LiveConnection;
	/** Moments of `performance.now()`. */
	readonly updates: number[] = [];
	readonly #guest: Guest;

	/** @param cookie `name=value` of its session */
	constructor(origin: string, about: { cookie: string; audience: Audience; workshop: string }) {
		const browser = new BrowserClient(origin);
		const [name = '', value = ''] = about.cookie.split('=', 2);
		browser.cookies.set(name, value);
		this.#guest = new Guest(origin, browser);
		this.connection = this.#guest.live(about.audience, about.workshop);
		for (const event of ['snapshot', 'patch'] as const) {
			this.connection.socket.on(event, () => void this.updates.push(performance.now()));
		}
	}

	[Symbol.dispose](): void {
		this.#guest[Symbol.dispose]();
	}
}
