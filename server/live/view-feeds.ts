import type { Audience } from '#lib/protocol/live.ts';
import type { JsonPatch } from '#lib/protocol/json-patch.ts';

import { ViewFeed, type Presented } from './view-feed.ts';
import type { Viewers } from './view-presenter.ts';

/** Those who get the same view, by name. */
export type FeedName = string;

export type ViewFeedsOptions = {
	/** What several feeds show alike, for the team or for everybody else. */
	readonly presentShared: (forTeam: boolean) => object;
	readonly presentOwn: (viewers: Viewers) => object;
	readonly broadcast: (feed: FeedName, message: { seq: number; patch: JsonPatch }) => void;
	/** Calls back when the state may be read. */
	readonly whenSettled: (work: () => void) => void;
};

/** Shared views go out at most this often: four times a second, and twice in a room where each time costs hundreds of writes. */
const quickMs = 250;
const largeRoomMs = 500;
const largeRoom = 300;
/** In such a room, counts that only change a little reach phones and tablets this often; what they must act on, at once. */
const patientMs = 1_000;

/**
 * The views of a room and who listens to them. Each is presented as it is looked for: one for people, one for tables, one for those
 * who run the evening, one for the hall's screens, and one for every table that has a screen of its own.
 */
export class ViewFeeds<Listener> {
	readonly #options: ViewFeedsOptions;
	readonly #feeds = new Map<FeedName, { readonly feed: ViewFeed; readonly isPatient: boolean }>();
	readonly #listening = new Map<Listener, FeedName>();
	/** What has been presented at this moment already. */
	#shared = new Map<boolean, object>();
	#isStale = false;
	#isUrgent = false;
	#patientSince = Number.NEGATIVE_INFINITY;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ViewFeedsOptions) {
		this.#options = options;
	}

	/** Something that the feeds still show was taken away: a newcomer must not get it. */
	markStale(): void {
		this.#isStale = true;
	}

	/** What has changed is to reach everybody with the next message. */
	hurry(): void {
		this.#isUrgent = true;
	}

	/** The whole view for somebody who gets this feed from here on. */
	listen(listener: Listener, viewers: Viewers): { name: FeedName; seq: number; view: string } {
		if (this.#isStale) this.#advance(true);
		const name = feedName(viewers);
		if (this.#listening.get(listener) !== name) this.stop(listener);
		this.#listening.set(listener, name);
		return { name, ...this.#feed(name, viewers).snapshot() };
	}

	isListeningTo(listener: Listener, viewers: Viewers): boolean {
		return this.#listening.get(listener) === feedName(viewers);
	}

	stop(listener: Listener): void {
		const name = this.#listening.get(listener);
		if (name === undefined) return;
		this.#listening.delete(listener);
		for (const other of this.#listening.values()) if (other === name) return;
		this.#feeds.get(name)?.feed.rest();
	}

	/** Something has changed: who listens is told before long. */
	schedule(): void {
		if (this.#timer !== undefined) return;
		const isLarge = this.#listening.size > largeRoom;
		this.#timer = setTimeout(
			() => {
				this.#options.whenSettled(() => {
					this.#timer = undefined;
					const everybody = !isLarge || this.#isUrgent || performance.now() - this.#patientSince >= patientMs;
					this.#advance(everybody);
					if (!everybody) this.schedule();
				});
			},
			isLarge ? largeRoomMs : quickMs,
		);
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#advance(everybody: boolean): void {
		this.#shared = new Map();
		if (everybody) {
			this.#isStale = false;
			this.#isUrgent = false;
			this.#patientSince = performance.now();
		}
		for (const [name, { feed, isPatient }] of this.#feeds) {
			if (isPatient && !everybody) continue;
			const message = feed.advance();
			if (message !== undefined) this.#options.broadcast(name, message);
		}
	}

	#feed(name: FeedName, viewers: Viewers): ViewFeed {
		const known = this.#feeds.get(name);
		if (known !== undefined) return known.feed;
		const feed = new ViewFeed(() => this.#present(viewers));
		this.#feeds.set(name, { feed, isPatient: isPatient(viewers.audience) });
		return feed;
	}

	#present(viewers: Viewers): Presented {
		const forTeam = viewers.audience === 'facilitator';
		let shared = this.#shared.get(forTeam);
		if (shared === undefined) {
			shared = this.#options.presentShared(forTeam);
			this.#shared.set(forTeam, shared);
		}
		return { shared, own: this.#options.presentOwn(viewers) };
	}
}

function isPatient(audience: Audience): boolean {
	return audience === 'participant' || audience === 'table';
}

function feedName({ audience, tableId }: Viewers): FeedName {
	return tableId === null ? audience : `${audience} ${tableId}`;
}
