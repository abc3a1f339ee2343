import type { AccountId } from '#lib/domain/ids.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { CommandAck, CommandInput } from '#lib/protocol/commands.ts';

import type { Cockpit } from './cockpit.svelte.ts';
import { leadOf, maySteer, type TeamMember } from './lead.ts';

type Kept = {
	readonly run: () => Promise<CommandAck | null>;
	readonly settle: (answer: CommandAck | null) => void;
};

/** The view follows an answer within so long. */
const viewFollowsMs = 1_500;

/** Who steers the evening, seen from one of the team, and the ways to take, hand over and release that. */
export class Leading {
	readonly #cockpit: Cockpit;
	readonly #i18n: I18n;
	/** What was asked for while somebody else leads: done as soon as the lead is taken. */
	#kept: Kept | null = $state.raw(null);
	/** The server has given me the lead, and the view doesn't show it yet. */
	#justTaken = $state(false);
	/** The next change of the lead is this person's own doing, and no news to them. */
	#own = false;

	constructor(cockpit: Cockpit, i18n: I18n) {
		this.#cockpit = cockpit;
		this.#i18n = i18n;
	}

	/** Who I am; null before the server has said so. */
	get me(): AccountId | null {
		return this.#cockpit.session.me?.accountId ?? null;
	}

	/** Who leads; null while everybody of the team may steer. */
	get lead(): TeamMember | null {
		return leadOf(this.#cockpit.view);
	}

	/** Whether steps, time, votes, doors and the end are mine to steer now. */
	get steers(): boolean {
		return this.#justTaken || maySteer(this.#cockpit.view, this.me);
	}

	/** Whether a command waits for the answer to "take over?". */
	get asks(): boolean {
		return this.#kept !== null;
	}

	/**
	 * Keeps what only the lead may do until the person has said whether they take over. Resolves with its answer, or with null where
	 * they leave it.
	 */
	keep(command: Kept['run']): Promise<CommandAck | null> {
		this.leave();
		return new Promise((settle) => {
			this.#kept = { run: command, settle };
		});
	}

	/** Leaves the lead where it is, and what was asked for undone. */
	leave(): void {
		const kept = this.#kept;
		this.#kept = null;
		kept?.settle(null);
	}

	/** Says whether the change that was just seen is this person's own doing; asked once for each change. */
	wasOwn(): boolean {
		const own = this.#own;
		this.#own = false;
		return own;
	}

	/** Takes the lead, from whoever has it, and does what was asked for before. */
	async take(): Promise<void> {
		const kept = this.#kept;
		this.#kept = null;
		const ack = await this.#change('lead.take', {}, this.#i18n.t('steering:lead.taken'));
		if (ack?.ok === true) {
			this.#justTaken = true;
			setTimeout(() => (this.#justTaken = false), viewFollowsMs);
		}
		kept?.settle(ack?.ok === true ? await kept.run() : null);
	}

	async hand({ id, name }: TeamMember): Promise<void> {
		await this.#change('lead.hand', { accountId: id }, this.#i18n.t('steering:lead.handed', { name }));
	}

	async release(): Promise<void> {
		await this.#change('lead.release', {}, this.#i18n.t('steering:lead.released'));
	}

	async #change<Name extends 'lead.take' | 'lead.hand' | 'lead.release'>(
		name: Name,
		payload: CommandInput<Name>,
		done: string,
	): Promise<CommandAck | null> {
		this.#own = true;
		const ack = await this.#cockpit.act('lead', name, payload, { done });
		if (ack?.ok !== true) this.#own = false;
		return ack;
	}
}
