import { createContext } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import type { Toasts } from '#lib/components/ui/toasts.svelte.ts';
import type { BoardId, GroupId, IdeaId, TableId } from '#lib/domain/ids.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { LiveSession } from '#lib/live/live-session.svelte.ts';
import { Ticker } from '#lib/live/ticker.svelte.ts';
import { commandPayloads, type CommandAck, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { FacilitatorView, TableView } from '#lib/protocol/live.ts';
import type { LogEntry } from '#lib/protocol/log.ts';

import { behindPlanMs, nextStep, previousStep, stepsInOrder, type Evening, type PlannedStep } from './evening-plan.ts';
import { EveningLog } from './evening-log.svelte.ts';
import { isForLead } from './lead.ts';
import { Leading } from './leading.svelte.ts';
import { Timekeeping } from './timekeeping.ts';

/** What was prepared and doesn't travel with the live view. */
export type Prepared = {
	/** Epoch milliseconds. */
	readonly startsAt: number | null;
	readonly editionSlug: string;
};

export type PlacedTable = TableView & { readonly id: TableId };

/** An idea or a group somebody has picked out, for a vote or a project. */
export type Picked = {
	readonly kind: 'idea' | 'group';
	readonly id: IdeaId | GroupId;
	readonly label: string;
	readonly boardId: BoardId;
	/** Null for the plenary. */
	readonly tableId: TableId | null;
};

/** Which board is looked at: a table's, or the plenary's (`plenary`). */
export type OpenBoard = TableId | 'plenary';

export type Acted = {
	/** A word to the person who did it. */
	readonly done?: string | undefined;
	/** How to take it back, offered with the word. */
	readonly undo?: (() => void) | undefined;
};

/**
 * The facilitator's side of a live workshop: what its parts share beyond the view itself.
 *
 * Commands that steer the room are of the moment. Without a connection they are refused here and now, and not kept for later:
 * a step that changes by itself ten minutes afterwards would surprise everybody.
 */
export class Cockpit {
	readonly session: LiveSession<'facilitator'>;
	readonly prepared: Prepared;
	readonly ticker: Ticker;
	/** The room's time. */
	readonly time: Timekeeping;
	readonly leading: Leading;
	readonly log: EveningLog;
	readonly #toasts: Toasts;
	readonly #i18n: I18n;

	/** Ideas and groups picked out on the boards, in the order they were picked; survives going from table to table. */
	readonly picked = new SvelteMap<string, Picked>();
	readonly #underWay = new SvelteSet<string>();
	/** Tables that were called to the front from here. */
	readonly calledToPitch = new SvelteSet<TableId>();
	/** Ideas of the inbox that were dealt with here and are still in the view. */
	readonly #dealtWith = new SvelteSet<IdeaId>();

	openBoard: OpenBoard | null = $state(null);

	constructor(session: LiveSession<'facilitator'>, prepared: Prepared, toasts: Toasts, i18n: I18n) {
		this.session = session;
		this.prepared = prepared;
		this.ticker = new Ticker(() => session.now());
		this.time = new Timekeeping(this);
		this.leading = new Leading(this, i18n);
		this.log = new EveningLog(session.workshop, session.storage);
		this.#toasts = toasts;
		this.#i18n = i18n;
	}

	readonly #steps: PlannedStep[] = $derived.by(() => stepsInOrder(this.view.steps));
	readonly #tables: PlacedTable[] = $derived.by(() =>
		(Object.entries(this.view.tables) as [TableId, TableView][])
			.map(([id, table]) => ({ ...table, id }))
			.sort((one, other) => one.position - other.position),
	);

	/** The cockpit's parts are rendered only once there is a view. */
	get view(): FacilitatorView {
		const { view } = this.session;
		if (view === null) throw new Error('The cockpit has no view yet');
		return view;
	}

	get steps(): readonly PlannedStep[] {
		return this.#steps;
	}

	get tables(): readonly PlacedTable[] {
		return this.#tables;
	}

	get currentStep(): PlannedStep | null {
		return this.#steps.find((step) => step.id === this.view.currentStepId) ?? null;
	}

	get next(): PlannedStep | null {
		return nextStep(this.#steps, this.view.currentStepId);
	}

	get previous(): PlannedStep | null {
		return previousStep(this.#steps, this.view.currentStepId);
	}

	get evening(): Evening {
		const { currentStepId, stepStartedAt, timer } = this.view;
		return { startsAt: this.prepared.startsAt, steps: this.#steps, currentStepId, stepStartedAt, timer };
	}

	/** Milliseconds behind the plan (negative: ahead); null without a plan. */
	get behindMs(): number | null {
		return this.view.workshop.phase === 'live' ? behindPlanMs(this.evening, this.ticker.now) : null;
	}

	/** Leaving this step shows the room what people kept to themselves so far, which can't be taken back. */
	get leavingReveals(): boolean {
		return this.view.privateIdeas > 0;
	}

	get live(): boolean {
		return this.session.status === 'live';
	}

	tableName(id: TableId | null): string {
		if (id === null) return this.#i18n.t('cockpit:plenary');
		return this.view.tables[id]?.name ?? this.#i18n.t('cockpit:table.gone');
	}

	/** Whether something asked for under this name has no answer yet. */
	busy(name: string): boolean {
		return this.#underWay.has(name);
	}

	isDealtWith(id: IdeaId): boolean {
		return this.#dealtWith.has(id);
	}

	/**
	 * Asks the server for a change and tells the person how it went. What only the lead may do is kept while somebody else leads, and
	 * the person is asked whether to take over; the answer (null: it was left) comes after that.
	 * @param key names the control, which is busy meanwhile; a second press is ignored
	 */
	async act<Name extends CommandName>(
		key: string,
		name: Name,
		payload: CommandInput<Name>,
		acted: Acted = {},
	): Promise<CommandAck | null> {
		if (this.#underWay.has(key)) return null;
		if (this.live && !this.leading.steers && isForLead(name, payload)) {
			return this.leading.keep(() => this.#ask(key, name, payload, acted));
		}
		return this.#ask(key, name, payload, acted);
	}

	async #ask<Name extends CommandName>(
		key: string,
		name: Name,
		payload: CommandInput<Name>,
		acted: Acted,
	): Promise<CommandAck | null> {
		if (!this.live) {
			this.#toasts.show({ text: this.#i18n.t('errors:connection.lost') });
			return null;
		}
		this.#underWay.add(key);
		const ack = await this.session.send(name, payload);
		this.#underWay.delete(key);
		if (!ack.ok && ack.error.code === 'workshop.notLead') {
			return this.leading.keep(() => this.#ask(key, name, payload, acted));
		}
		if (!ack.ok) this.#toasts.show({ text: this.#i18n.t(`errors:${ack.error.code}`, ack.error.params) });
		else if (acted.done !== undefined) this.#toasts.show({ text: acted.done, undo: acted.undo });
		return ack;
	}

	/** Goes to a step; says so with a way back, unless what was hidden came to light with it. */
	async goTo(step: PlannedStep): Promise<void> {
		const { currentStep, leavingReveals } = this;
		const title = this.#i18n.text(step.title);
		const done = this.#i18n.t('cockpit:agenda.wentTo', { title });
		const back = currentStep === null || leavingReveals ? {} : { undo: () => this.#return(currentStep) };
		await this.act('step', 'step.go', { stepId: step.id }, { done, ...back });
	}

	#return({ id }: PlannedStep): void {
		void this.act('step', 'step.go', { stepId: id });
	}

	async toggleFreeze(): Promise<void> {
		await this.act('freeze', 'workshop.freeze', { frozen: !this.view.workshop.frozen });
	}

	/** Calls everybody to the step of the room. */
	async gather(): Promise<void> {
		await this.act('gather', 'gathering.call', {}, { done: this.#i18n.t('steering:attention.gathered') });
	}

	/** Takes an entry of the log back, and says which. */
	async takeBack(entry: LogEntry, what: string): Promise<void> {
		if (entry.inverse === null) return;
		const { name, payload } = entry.inverse;
		const parsed = commandPayloads[name].safeParse(payload);
		if (!parsed.success) throw new AppError('command.invalid', undefined, { cause: parsed.error });
		const done = this.#i18n.t('steering:log.tookBack', { what });
		const ack = await this.act<CommandName>('undo', name, parsed.data, { done });
		if (ack?.ok === true) this.log.tookBack(entry);
	}

	/** Takes an idea out of the lists at once; it comes back if the server refuses. */
	async hideIdea(id: IdeaId, reason: string): Promise<void> {
		this.unpick('idea', id);
		this.#dealtWith.add(id);
		await this.act(`idea:${id}`, 'idea.hide', reason === '' ? { ideaId: id } : { ideaId: id, reason }, {
			done: this.#i18n.t('cockpit:inbox.hidden'),
			undo: () => void this.act(`idea:${id}`, 'idea.publish', { ideaId: id }),
		});
		// The view follows the answer within a moment; until then the row would flicker.
		setTimeout(() => this.#dealtWith.delete(id), settleMs);
	}

	isPicked(kind: Picked['kind'], id: Picked['id']): boolean {
		return this.picked.has(`${kind}:${id}`);
	}

	pick(item: Picked): void {
		const key = `${item.kind}:${item.id}`;
		if (!this.picked.delete(key)) this.picked.set(key, item);
	}

	unpick(kind: Picked['kind'], id: Picked['id']): void {
		this.picked.delete(`${kind}:${id}`);
	}
}

/** Patches come at most four times a second. */
const settleMs = 600;

const [getCockpit, setCockpit] = createContext<Cockpit>();

export { getCockpit, setCockpit };
