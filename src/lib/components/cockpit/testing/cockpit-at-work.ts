import { Toasts } from '#lib/components/ui/toasts.svelte.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { I18n } from '#lib/i18n/i18n.svelte.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { LiveSession } from '#lib/live/live-session.svelte.ts';
import type { LiveTransport, TransportEvents } from '#lib/live/live-transport.ts';
import { commandEnvelope, type CommandAck, type CommandEnvelope } from '#lib/protocol/commands.ts';
import type { FacilitatorView } from '#lib/protocol/live.ts';

import { Cockpit } from '../cockpit.svelte.ts';
import { facilitatorView, testId } from './facilitator-view.ts';

/** The account at the cockpit. */
export const anna = testId<AccountId>(101);
/** Somebody else of the team. */
export const paul = testId<AccountId>(102);

/** A server at the other end of the wire, that answers when it is told to. */
export class Server implements LiveTransport {
	readonly received: CommandEnvelope[] = [];
	#events: TransportEvents | undefined;
	#answers: ((ack: CommandAck) => void)[] = [];
	#shown: FacilitatorView;

	constructor(shown: FacilitatorView) {
		this.#shown = shown;
	}

	open(events: TransportEvents): void {
		this.#events = events;
		this.connect();
	}

	connect(): void {
		this.#events?.connected();
		this.#events?.me({ kind: 'facilitator', accountId: anna, name: 'Anna' });
		this.resync();
	}

	command(envelope: unknown, acknowledged: (ack: unknown) => void): void {
		this.received.push(commandEnvelope.parse(envelope));
		this.#answers.push(acknowledged);
	}

	answer(ack: CommandAck = { ok: true, result: {} }): void {
		this.#answers.shift()?.(ack);
	}

	/** The room has changed. */
	show(shown: FacilitatorView): void {
		this.#shown = shown;
		this.resync();
	}

	hangUp(): void {
		this.#events?.disconnected();
	}

	resync(): void {
		this.#events?.snapshot({ seq: 1, now: Date.now(), view: structuredClone(this.#shown) });
	}

	close(): void {
		this.#events = undefined;
	}
}

/** A cockpit with Anna at it. */
export function sitDown(shown: FacilitatorView = facilitatorView()) {
	const server = new Server(shown);
	const storage = memoryStorage();
	const session = new LiveSession({ audience: 'facilitator', workshop: testId(9), transport: server, storage });
	session.open();
	const toasts = new Toasts();
	// Without texts, a key stands for its text.
	const i18n = new I18n({ language: 'en', catalogue: {}, known: true });
	const cockpit = new Cockpit(session, { startsAt: null, editionSlug: 'west' }, toasts, i18n);
	return { server, cockpit, toasts, storage };
}
