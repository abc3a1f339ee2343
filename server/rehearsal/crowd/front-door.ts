import type { TableId } from '#lib/domain/ids.ts';
import { AppError, wireError } from '#lib/protocol/errors.ts';
import { joined, workshopAtTheDoor, type Joined, type WorkshopAtTheDoor } from '#lib/protocol/join.ts';
import * as z from 'zod';

import type { ServerAddress } from './address.ts';
import type { CookieJar } from './cookie-jar.ts';

/** The REST calls of a browser that comes in with a code, with its own cookies. */
export class FrontDoor {
	readonly #server: ServerAddress;
	readonly #code: string;
	readonly #cookies: CookieJar;

	constructor(server: ServerAddress, code: string, cookies: CookieJar) {
		this.#server = server;
		this.#code = code;
		this.#cookies = cookies;
	}

	/** @throws AppError with the server's code; `connection.lost` if it doesn't answer */
	async look(): Promise<WorkshopAtTheDoor> {
		return workshopAtTheDoor.parse(await this.#ask('GET', `/workshops/by-code/${this.#code}`));
	}

	/** @throws AppError with the server's code; `connection.lost` if it doesn't answer */
	async goIn(as: { readonly nickname: string | null; readonly tableId: TableId | null }): Promise<Joined> {
		return joined.parse(await this.#ask('POST', '/join', { code: this.#code, language: 'de', ...as }));
	}

	async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
		const { header } = this.#cookies;
		const response = await this.#fetch(path, {
			method,
			headers: {
				origin: this.#server.origin,
				...(header === '' ? {} : { cookie: header }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		for (const line of response.headers.getSetCookie()) this.#cookies.keep(line);
		const answer: unknown = await response.json().catch(() => null);
		if (response.ok) return answer;
		const refused = z.object({ error: wireError }).safeParse(answer);
		if (!refused.success) throw new AppError('server.failed');
		throw new AppError(refused.data.error.code, refused.data.error.params);
	}

	async #fetch(path: string, request: RequestInit): Promise<Response> {
		try {
			return await fetch(`${this.#server.origin}/api/v1${path}`, request);
		} catch (error) {
			throw new AppError('connection.lost', undefined, { cause: error });
		}
	}
}
