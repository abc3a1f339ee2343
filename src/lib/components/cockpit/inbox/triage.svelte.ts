import { SvelteSet } from 'svelte/reactivity';

import type { AccountId, GroupId, IdeaId } from '#lib/domain/ids.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { CommandInput } from '#lib/protocol/commands.ts';

import type { Cockpit } from '../cockpit.svelte.ts';
import { inHand, noFilter, queueOf, triageLists, type TriageFilter, type WaitingIdea } from './triage-lists.ts';

/** What is being done with the idea in hand, beside reading it. */
export type TriageTask = 'hide' | 'merge' | 'group' | 'history';

/** The idea one held, when it left one's hand without one's doing. */
export type GoneIdea = {
	readonly text: string;
	readonly how: 'claimed' | 'hidden' | 'merged' | 'settled';
	/** Who has it now, where that is known. */
	readonly by: string | null;
};

/** What one has decided here, and can take back. */
export type Decided = {
	readonly id: IdeaId;
	readonly text: string;
	readonly how: 'published' | 'hidden' | 'merged';
};

type Decision = 'idea.publish' | 'idea.hide' | 'idea.merge';

export const batchSize = 10;
/** Patches come at most four times a second; until then a decided idea would flicker back. */
const settleMs = 600;
/** Nobody reads that the idea has changed and decides on the new one in less. */
const surpriseMs = 900;

/**
 * Reading through the inbox, one idea in hand at a time, with others of the team doing the same.
 *
 * What others have taken is left alone. When somebody else deals with the idea in hand, the next one comes, and for a moment no decision
 * is taken: it was meant for the one before. The reason being typed is kept for the next idea that needs one.
 */
export class Triage {
	readonly #cockpit: Cockpit;
	readonly #i18n: I18n;
	readonly #settled = new SvelteSet<IdeaId>();
	#decided: readonly Decided[] = $state.raw([]);
	/** Without words while it is on its way back. */
	#held: { readonly id: IdeaId; readonly place: number; readonly text: string | null } | null = $state.raw(null);
	#filter: TriageFilter = $state.raw(noFilter);
	#task: { readonly kind: TriageTask; readonly ideaId: IdeaId } | null = $state.raw(null);
	#surprisedAt = -Infinity;

	/** Why an idea is taken down, as far as it is typed. */
	reason = $state('');

	constructor(cockpit: Cockpit, i18n: I18n) {
		this.#cockpit = cockpit;
		this.#i18n = i18n;
	}

	readonly #lists = $derived.by(() =>
		triageLists(this.#cockpit.view.inbox, this.#me, this.#filter, (id) => this.#settled.has(id)),
	);
	readonly #queue = $derived.by(() => queueOf(this.#lists));
	readonly #idea = $derived.by(() => inHand(this.#queue, this.#held));
	readonly #gone = $derived.by(() => this.#whatBecameOfHeld());

	get #me(): AccountId | null {
		return this.#cockpit.session.me?.accountId ?? null;
	}

	get lists() {
		return this.#lists;
	}

	get queue(): readonly WaitingIdea[] {
		return this.#queue;
	}

	/** The idea in hand; null where nothing waits. */
	get idea(): WaitingIdea | null {
		return this.#idea;
	}

	/** Its number in the queue, from one. */
	get place(): number {
		return this.#queue.findIndex(({ id }) => id === this.#idea?.id) + 1;
	}

	get task(): TriageTask | null {
		return this.#task !== null && this.#task.ideaId === this.#idea?.id ? this.#task.kind : null;
	}

	/** What became of the idea one held, if somebody else has dealt with it. */
	get gone(): GoneIdea | null {
		return this.#gone;
	}

	get filter(): TriageFilter {
		return this.#filter;
	}

	narrow(changes: Partial<TriageFilter>): void {
		this.#filter = { ...this.#filter, ...changes };
		this.#held = null;
	}

	/** To be called when {@link gone} has come up. */
	surprised(): void {
		this.#surprisedAt = Date.now();
	}

	/** To be called when an idea has come into the hand: from now on it is missed when it goes. */
	settleOn(idea: WaitingIdea): void {
		if (this.#held?.text === null && this.#held.id === idea.id) this.#hold(idea);
	}

	take(idea: WaitingIdea): void {
		this.#hold(idea);
	}

	/** On to the next idea (`1`) or back (`-1`). */
	walk(by: 1 | -1): void {
		const target = this.#queue[this.place - 1 + by];
		this.#hold(target ?? this.#idea);
	}

	begin(kind: TriageTask): void {
		const idea = this.#idea;
		if (idea === null || this.#isSurprised()) return;
		this.#hold(idea);
		this.#task = { kind, ideaId: idea.id };
	}

	leaveTask(): void {
		this.#task = null;
	}

	async publish(groupId?: GroupId): Promise<void> {
		await this.#decide('idea.publish', 'published', ({ id }) => ({
			ideaId: id,
			...(groupId === undefined ? {} : { groupId }),
		}));
	}

	async hide(): Promise<void> {
		const reason = this.reason.trim();
		const hidden = await this.#decide('idea.hide', 'hidden', ({ id }) => ({
			ideaId: id,
			...(reason === '' ? {} : { reason }),
		}));
		if (hidden && this.reason.trim() === reason) this.reason = '';
	}

	async mergeInto(intoIdeaId: IdeaId): Promise<void> {
		await this.#decide('idea.merge', 'merged', ({ id }) => ({ ideaId: id, intoIdeaId }));
	}

	/** Takes the next ideas that nobody has, so that two people don't read the same. */
	async claimNext(): Promise<void> {
		const ideaIds = this.#lists.free.slice(0, batchSize).map(({ id }) => id);
		if (ideaIds.length === 0) return;
		const wasMine = this.#idea?.claimedBy === this.#me;
		const ack = await this.#cockpit.act('claim', 'inbox.claim', { ideaIds, claimed: true });
		if (ack?.ok === true && !wasMine) this.#held = null;
	}

	async giveBack(): Promise<void> {
		const ideaIds = this.#lists.mine.map(({ id }) => id);
		if (ideaIds.length > 0) await this.#cockpit.act('claim', 'inbox.claim', { ideaIds, claimed: false });
	}

	/** What one decided last, if there is something to take back. */
	get last(): Decided | null {
		return this.#decided.at(-1) ?? null;
	}

	/** Puts what one decided last back into the inbox, and into the hand. */
	async undo(): Promise<void> {
		const last = this.#decided.at(-1);
		if (last === undefined) return;
		const { id } = last;
		this.#decided = this.#decided.filter((decided) => decided !== last);
		const ack = await this.#cockpit.act(`idea:${id}`, 'inbox.return', { ideaId: id });
		if (ack?.ok !== true) return;
		this.#settled.delete(id);
		this.#held = { id, place: 0, text: null };
	}

	/** Out of what was taken down or merged: onto its board, or into the inbox to be read again. */
	async restore({ id }: WaitingIdea, to: 'board' | 'inbox'): Promise<void> {
		const done = this.#i18n.t(to === 'board' ? 'cockpit:inbox.published' : 'inbox:returned');
		const name = to === 'board' ? 'idea.publish' : 'inbox.return';
		await this.#cockpit.act(`idea:${id}`, name, { ideaId: id }, { done });
	}

	#hold(idea: WaitingIdea | null): void {
		this.#task = null;
		const place = this.#queue.findIndex(({ id }) => id === idea?.id);
		this.#held = idea === null ? null : { id: idea.id, text: idea.text, place };
	}

	#whatBecameOfHeld(): GoneIdea | null {
		const held = this.#held;
		if (held === null || this.#queue.some(({ id }) => id === held.id)) return null;
		const now = this.#cockpit.view.inbox[held.id];
		const { text } = held;
		if (text === null) return null;
		if (now === undefined) return { text, how: 'settled', by: null };
		if (now.state !== 'inbox') return { text, how: now.state, by: null };
		if (now.claimedBy === null || now.claimedBy === this.#me) return null;
		return { text, how: 'claimed', by: this.#cockpit.view.team[now.claimedBy]?.name ?? null };
	}

	#isSurprised(): boolean {
		return this.#gone !== null && Date.now() - this.#surprisedAt < surpriseMs;
	}

	/** Takes the idea out of the hand at once; it comes back if the server refuses. Says whether the server agreed. */
	async #decide<Name extends Decision>(
		name: Name,
		how: Decided['how'],
		payload: (idea: WaitingIdea) => CommandInput<Name>,
	): Promise<boolean> {
		const idea = this.#idea;
		if (idea === null || this.#isSurprised()) return false;
		const { id, text } = idea;
		const next = this.#queue[this.place] ?? this.#queue[this.place - 2] ?? null;
		this.#settled.add(id);
		this.#hold(next);
		const ack = await this.#cockpit.act(`idea:${id}`, name, payload(idea));
		const agreed = ack?.ok === true;
		if (agreed) this.#decided = [...this.#decided, { id, text, how }];
		setTimeout(() => this.#settled.delete(id), agreed ? settleMs : 0);
		return agreed;
	}
}
