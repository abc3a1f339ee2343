import type { CommandAck, CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { applyPatch, diff, type JsonPatch } from '#lib/protocol/json-patch.ts';
import type { Audience, LiveView, MeView, StorageState } from '#lib/protocol/live.ts';

import { isTemporary } from './delivery.ts';
import { browserStorage, forgetPersonal, type DeviceStorage } from './device-storage.ts';
import { socketTransport, type LiveTransport } from './live-transport.ts';
import type { OutboxOwner } from './outbox-entry.ts';
import { Outbox } from './outbox.svelte.ts';
import { ServerClock } from './server-clock.ts';

/** The view of an audience. */
export type ViewOf<A extends Audience> = Extract<LiveView, { audience: A }>;
/** What one person or device of an audience knows of itself. */
export type MeOf<A extends Audience> = Extract<MeView, { kind: A }>;

/** `connecting` until the first view is here, then `live` or `offline`; `ended` for good, see {@link LiveSession.endedBy}. */
export type LiveStatus = 'connecting' | 'live' | 'offline' | 'ended';

/** What the status chip says: all is on the server's disk, on its way there, or waiting for the network. */
export type SaveState = 'saved' | 'saving' | 'offline';

export interface LiveSessionOptions<A extends Audience> {
	readonly audience: A;
	/** The eight-digit code for people and devices, the workshop's id for facilitators. */
	readonly workshop: string;
	readonly storage?: DeviceStorage;
	readonly transport?: LiveTransport;
}

/**
 * One browser's part in a live workshop: its presented view, kept up to date, and its commands.
 *
 * `open` connects (in the browser only, so in an effect or `onMount`), `close` lets go. In between it reconnects by itself, without
 * end, until the server says `goodbye`. While the network is away the last view stays and commands wait in the outbox.
 */
export class LiveSession<A extends Audience = Audience> {
	readonly audience: A;
	readonly workshop: string;
	readonly outbox: Outbox;
	readonly storage: DeviceStorage;
	readonly #transport: LiveTransport;
	readonly #clock = new ServerClock();
	/** Number of the view we hold; null while we wait for a whole one. */
	#seq: number | null = null;

	#view: ViewOf<A> | null = $state(null);
	#me: MeOf<A> | null = $state.raw(null);
	#status: LiveStatus = $state('connecting');
	#storage: StorageState = $state('ok');
	#endedBy: ErrorCode | null = $state(null);

	constructor({ audience, workshop, storage, transport }: LiveSessionOptions<A>) {
		this.audience = audience;
		this.workshop = workshop;
		this.storage = storage ?? browserStorage();
		this.#transport = transport ?? socketTransport(audience, workshop);
		this.outbox = new Outbox({
			storage: this.storage,
			transmit: (envelope, acknowledged) => this.#transport.command(envelope, acknowledged),
			sessionLost: (code) => this.#end(code),
		});
	}

	/** What this audience sees of the workshop, deeply reactive; null before the first snapshot. */
	get view(): ViewOf<A> | null {
		return this.#view;
	}

	/** What only this person or device sees; null before the server has said who we are. */
	get me(): MeOf<A> | null {
		return this.#me;
	}

	get status(): LiveStatus {
		return this.#status;
	}

	/** Why the session ended; null while it hasn't. */
	get endedBy(): ErrorCode | null {
		return this.#endedBy;
	}

	/** Whether the server can save at all; where it takes nothing more (`full`), there is only reading. */
	get storageState(): StorageState {
		return this.#storage;
	}

	get saveState(): SaveState {
		if (this.#status !== 'live') return 'offline';
		return this.outbox.pending === 0 ? 'saved' : 'saving';
	}

	/** Epoch milliseconds of the server's clock. Not reactive: for a running display see `Ticker`. */
	now(): number {
		return this.#clock.now();
	}

	/** Asks the server for a change; answers after the commit or with the refusal, see {@link Outbox.send}. Never rejects. */
	send<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<CommandAck> {
		return this.outbox.send(name, payload);
	}

	open(): void {
		this.#transport.open({
			connected: () => {
				this.#seq = null;
				this.#storage = 'ok';
				this.#clock.reset();
			},
			disconnected: () => {
				this.outbox.hold();
				if (this.#status !== 'ended') this.#status = 'offline';
			},
			refused: (code) => this.#end(code),
			snapshot: ({ seq, now, view }) => this.#takeSnapshot(seq, now, view),
			patch: ({ seq, now, patch }) => this.#takePatch(seq, now, patch),
			me: (me) => this.#takeMe(me),
			mePatch: ({ patch }) => this.#takeMePatch(patch),
			storage: ({ state }) => (this.#storage = state),
			goodbye: ({ code }) => {
				// A server in trouble hangs up after this; the transport then comes back.
				if (!isTemporary(code)) this.#end(code);
			},
		});
	}

	/** Lets go of the connection; what isn't sent yet stays on the device. */
	close(): void {
		this.#transport.close();
		this.outbox.close();
	}

	/** Leaves for good and forgets what is on this device, as on a phone that was lent. Call it when the page is gone. */
	leave(): void {
		this.close();
		this.outbox.clear();
		forgetPersonal(this.storage);
	}

	#takeSnapshot(seq: number, now: number, view: LiveView): void {
		if (!isViewOf(view, this.audience)) return;
		this.#clock.observe(now);
		this.#seq = seq;
		// After a reconnect only what changed meanwhile is touched, so that nothing on the page moves without need.
		if (this.#view === null) this.#view = view;
		else applyPatch(this.#view, diff(this.#view, view));
		if (this.#status !== 'ended') this.#status = 'live';
	}

	#takePatch(seq: number, now: number, patch: JsonPatch): void {
		this.#clock.observe(now);
		if (this.#view === null || this.#seq === null) return;
		if (seq !== this.#seq + 1 || !fits(this.#view, patch)) {
			this.#seq = null;
			this.#transport.resync();
			return;
		}
		this.#seq = seq;
	}

	#takeMe(me: MeView): void {
		if (!isMeOf(me, this.audience)) return;
		this.#me = me;
		this.outbox.belongTo(ownerOf(me, this.workshop));
	}

	#takeMePatch(patch: JsonPatch): void {
		if (this.#me === null) return;
		const me = structuredClone(this.#me);
		if (fits(me, patch)) this.#takeMe(me);
		else this.#transport.resync();
	}

	#end(code: ErrorCode): void {
		this.#endedBy = code;
		this.#status = 'ended';
		this.#transport.close();
		this.outbox.hold();
	}
}

/** Applies a patch, or says that it doesn't fit what we hold. */
function fits(view: LiveView | MeView, patch: JsonPatch): boolean {
	try {
		applyPatch(view, patch);
		return true;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

function isViewOf<A extends Audience>(view: LiveView, audience: A): view is ViewOf<A> {
	return view.audience === audience;
}

function isMeOf<A extends Audience>(me: MeView, audience: A): me is MeOf<A> {
	return me.kind === audience;
}

/** Whose commands are stored; facilitators' are of the moment and aren't. */
function ownerOf(me: MeView, workshop: string): OutboxOwner | null {
	switch (me.kind) {
		case 'participant':
			return { workshop, kind: me.kind, id: me.participantId };
		case 'table':
			return { workshop, kind: me.kind, id: me.deviceId };
		default:
			return null;
	}
}
