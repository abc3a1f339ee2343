import { setTimeout as pause } from 'node:timers/promises';

import type { BoardId, GroupId, IdeaId } from '#lib/domain/ids.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';

import type { Person } from './person.ts';
import type { Random } from './random.ts';

/** An idea as its writer knows it; the id comes with the acknowledgement. */
type Written = { readonly id: IdeaId | undefined; readonly text: string };

const mostIdeas = 40;
/** Slower than the budget of a connection, so that nobody is told to wait. */
const paceMs = 75;

/**
 * Somebody who writes, edits and moves ideas in a group of their own, one command after the other, and knows what must stand
 * there: what was acknowledged, or that with the one command that is under way.
 */
export class IdeaWriter {
	readonly person: Person;
	readonly name: string;
	groupId: GroupId | undefined;
	readonly refusals: string[] = [];
	readonly #random: Random;
	#sure: readonly Written[] = [];
	#possible: readonly Written[] | null = null;
	#written = 0;
	#versions = 0;

	constructor(person: Person, name: string, random: Random) {
		this.person = person;
		this.name = name;
		this.#random = random;
	}

	/** How many commands were acknowledged. */
	get acknowledged(): number {
		return [...this.person.answers.values()].filter((ack) => ack.ok).length;
	}

	/** What the group may hold now, in its order: one answer, or two while a command is under way. */
	get possible(): readonly (readonly string[])[] {
		const all = this.#possible === null ? [this.#sure] : [this.#sure, this.#possible];
		return all.map((ideas) => ideas.map((idea) => idea.text));
	}

	async begin(boardId: BoardId): Promise<void> {
		const ack = await this.person.ask('group.create', { boardId, title: `Group of ${this.name}`, ideaIds: [] });
		if (!ack.ok) throw new Error(`The group was refused: ${ack.error.code}`);
		this.groupId = ack.result.groupId;
	}

	async write(until: AbortSignal): Promise<void> {
		while (!until.aborted) {
			await this.#next();
			await pause(paceMs);
		}
	}

	#next(): Promise<void> {
		const count = this.#sure.length;
		const dice = this.#random.next();
		if (count < 3 || (count < mostIdeas && dice < 0.4)) return this.#submit();
		return dice < 0.7 ? this.#edit(this.#random.below(count)) : this.#move();
	}

	async #submit(): Promise<void> {
		this.#written += 1;
		const text = `${this.name}.${String(this.#written)} new`;
		const { groupId } = this;
		if (groupId === undefined) throw new Error('There is no group yet');
		this.#possible = [...this.#sure, { id: undefined, text }];
		const ack = await this.person.ask('idea.submit', { text, groupId });
		this.#settle(ack, [...this.#sure, { id: ack.ok ? ack.result.ideaId : undefined, text }]);
	}

	async #edit(at: number): Promise<void> {
		const idea = this.#at(at);
		this.#versions += 1;
		const text = `${idea.text.split(' ', 1)[0] ?? ''} version ${String(this.#versions)}`;
		this.#possible = this.#sure.with(at, { ...idea, text });
		this.#settle(await this.person.ask('idea.edit', { ideaId: idea.id, text }));
	}

	async #move(): Promise<void> {
		const { groupId } = this;
		if (groupId === undefined) throw new Error('There is no group yet');
		const idea = this.#at(this.#random.below(this.#sure.length));
		const others = this.#sure.filter((other) => other.id !== idea.id);
		const place = this.#random.below(others.length + 1);
		const before = others[place]?.id;
		this.#possible = others.toSpliced(place, 0, idea);
		const ack = await this.person.ask('idea.move', {
			ideaId: idea.id,
			groupId,
			...(before === undefined ? {} : { beforeIdeaId: before }),
		});
		this.#settle(ack);
	}

	#settle(ack: CommandAck, outcome: readonly Written[] | null = this.#possible): void {
		if (ack.ok) this.#sure = outcome ?? this.#sure;
		else this.refusals.push(ack.error.code);
		this.#possible = null;
	}

	#at(index: number): Written & { readonly id: IdeaId } {
		const idea = this.#sure[index];
		if (idea?.id === undefined) throw new Error('An idea was acknowledged without an id');
		return { ...idea, id: idea.id };
	}
}
