import { randomBytes } from 'node:crypto';

import type { IdeaId, OptionId, RoundId } from '#lib/domain/ids.ts';
import type { RoundView } from '#lib/protocol/live.ts';

import { compareOwn, drawBallot, mayVote, type Deed, type Standing } from './behaviour.ts';
import type { BoardLine } from './board-line.ts';
import type { PatientOutbox } from './patient-outbox.ts';
import { below, oneOf, type Random } from './seeded-random.ts';
import type { Tally } from './tally.ts';

export type ContributionsOptions = {
	readonly outbox: PatientOutbox;
	readonly tally: Tally;
	readonly random: Random;
	/** What this person writes, one text after the other. */
	readonly texts: Iterator<string, never>;
};

type OwnIdea = { readonly boardId: string; readonly key: string | undefined };

const needingHelpShare = 0.2;
const fewestGroups = 4;
const longestTitle = 60;
const wordsInTitle = 3;
const wordsInSentence = 8;

/** What one person adds to the evening, and what of it the server has called saved. */
export class Contributions {
	readonly #options: ContributionsOptions;
	/** Ideas that this person can still change. */
	readonly #own = new Map<IdeaId, OwnIdea>();
	/** Ideas that the server called saved and that can be looked up under this person's name. */
	readonly #acknowledged = new Set<string>();
	#unansweredIdeas = 0;

	constructor(options: ContributionsOptions) {
		this.#options = options;
	}

	/** @param board the board one sits at, if somebody there keeps it */
	make(deed: Exclude<Deed, 'compose'>, standing: Standing, board: BoardLine | undefined): void {
		switch (deed) {
			case 'write':
				this.#write(standing);
				return;
			case 'edit':
			case 'withdraw':
				this.#change(deed, standing);
				return;
			case 'arrange':
				this.#arrange(standing, board);
				return;
			case 'signal':
				this.#signal(standing);
				return;
		}
	}

	/** Casts a ballot in a round, if that is still allowed. */
	vote(roundId: RoundId, round: RoundView, standing: Standing): void {
		const { outbox, tally, random } = this.#options;
		if (!mayVote(standing, round)) return;
		const ballot = drawBallot(random, round.rule, Object.keys(round.options) as OptionId[]);
		outbox.add('vote.cast', { roundId, ballot }, (ack) => {
			if (ack.ok) tally.count('votes');
		});
	}

	/** A sentence for the project sheet. */
	nextSentence(): string {
		return this.#words(wordsInSentence);
	}

	/** @param found ids of the ideas that are there under this person's name */
	compareWith(found: ReadonlySet<string>): ReturnType<typeof compareOwn> {
		return compareOwn(this.#acknowledged, found, this.#unansweredIdeas);
	}

	#write({ board, context }: Standing): void {
		const { outbox, tally, texts } = this.#options;
		const key = context.rules?.names === 'unrecorded' ? randomBytes(16).toString('hex') : undefined;
		this.#unansweredIdeas += 1;
		outbox.add('idea.submit', { text: texts.next().value, language: 'de', ...(key && { key }) }, (ack) => {
			this.#unansweredIdeas -= 1;
			if (!ack.ok || ack.result.ideaId === undefined) return;
			const { ideaId } = ack.result;
			tally.count('ideas');
			this.#own.set(ideaId, { boardId: board.boardId, key });
			// Nobody can tell later whose an idea was that was written without a name.
			if (key === undefined) this.#acknowledged.add(ideaId);
		});
	}

	#change(deed: 'edit' | 'withdraw', { board }: Standing): void {
		const { outbox, random, texts } = this.#options;
		const here = [...this.#own].filter(([, { boardId }]) => boardId === board.boardId);
		const [ideaId, own] = oneOf(random, here) ?? [];
		if (ideaId === undefined) return;
		const about = { ideaId, ...(own?.key && { key: own.key }) };
		if (deed === 'edit') {
			outbox.add('idea.edit', { ...about, text: texts.next().value }, () => undefined);
		} else {
			this.#own.delete(ideaId);
			outbox.add('idea.withdraw', about, () => undefined);
		}
	}

	#arrange({ board }: Standing, line: BoardLine | undefined): void {
		const { outbox, random } = this.#options;
		if (line?.boardId !== board.boardId) return;
		const { ideas, groups } = line.content;
		const ideaId = oneOf(random, ideas);
		if (ideaId === undefined) return;
		if (groups.length < fewestGroups) {
			const title = this.#words(wordsInTitle).slice(0, longestTitle);
			outbox.add('group.create', { boardId: board.boardId, title, ideaIds: [ideaId] }, () => undefined);
		} else {
			outbox.add('idea.move', { ideaId, groupId: oneOf(random, groups) ?? null }, () => undefined);
		}
	}

	#signal({ actor: { tableId } }: Standing): void {
		const { outbox, random } = this.#options;
		if (tableId === null) return;
		const said = random() < needingHelpShare ? { needsHelp: random() < 0.5 } : { ready: below(random, 2) === 1 };
		outbox.add('table.signal', { tableId, ...said }, () => undefined);
	}

	#words(count: number): string {
		return this.#options.texts.next().value.split(' ').slice(0, count).join(' ');
	}
}
