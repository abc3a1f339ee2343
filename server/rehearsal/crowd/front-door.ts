import { setTimeout as pause } from 'node:timers/promises';

import type { TableId } from '#lib/domain/ids.ts';
import { AppError, wireError, type ErrorCode } from '#lib/protocol/errors.ts';
import { joined, workshopAtTheDoor, type Joined, type WorkshopAtTheDoor } from '#lib/protocol/join.ts';
import * as z from 'zod';

import type { ServerAddress } from './address.ts';
import type { CookieJar } from './cookie-jar.ts';
import { oneOf, type Random } from './seeded-random.ts';

const attempts = 20;
const doorPauseMs = 2_000;
const fullTablePauseMs = 100;
/** Refusals after which one tries again. */
export const passing: ReadonlySet<ErrorCode> = new Set([
	...(['connection.lost', 'command.busy', 'database.away', 'server.failed'] as const),
]);

export type ComingIn = Joined & { readonly tableId: TableId | null };

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

	/**
	 * Comes in as a newcomer, at one of the tables with the most free seats, and knocks again where that may help.
	 * @throws AppError with the last refusal; `connection.lost` if it was given up
	 */
	async comeIn(nickname: string | null, random: Random, signal: AbortSignal): Promise<ComingIn> {
		let refusal = new AppError('connection.lost');
		for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
			try {
				const tableId = chooseTable((await this.look()).tables, random);
				return { ...(await this.goIn({ nickname, tableId })), tableId };
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				refusal = error;
				const waitMs = patienceMs(error);
				if (waitMs === null) break;
				await pause(waitMs * (0.5 + random()), undefined, { signal }).catch(() => undefined);
			}
		}
		throw refusal;
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

function chooseTable(tables: WorkshopAtTheDoor['tables'], random: Random): TableId | null {
	const mostFree = Math.max(0, ...tables.map(({ free }) => free));
	const emptiest = mostFree === 0 ? [] : tables.filter(({ free }) => free === mostFree);
	return oneOf(random, emptiest)?.id ?? null;
}

/** How long to wait before knocking again; null if that is of no use. */
function patienceMs({ code, params }: AppError): number | null {
	if (code === 'table.full') return fullTablePauseMs;
	if (code === 'request.tooMany') return Number(params?.seconds ?? 1) * 1000;
	return passing.has(code) ? doorPauseMs : null;
}
