import type { BoardId, IdeaId, StepId } from '#lib/domain/ids.ts';
import { ideaText, type IdeaState } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { StepRules } from '#lib/domain/step.ts';
import { unreachable } from '#lib/domain/unreachable.ts';

import { Draft } from './draft.svelte.ts';
import { KeyedIdeas, newIdeaKey, type KeyedIdea } from './keyed-ideas.svelte.ts';
import type { LiveSession } from './live-session.svelte.ts';
import { ownIdeaRows, type OwnIdeaRow } from './own-ideas.ts';

/** The audiences that write: a person with a phone, and a table's shared device. */
export type WritingSession = LiveSession<'participant'> | LiveSession<'table'>;

/** Where somebody is, as far as writing ideas goes. */
export interface WritingPlace {
	readonly step: { readonly id: StepId; readonly rules: StepRules } | null;
	/** The board that was chosen, where the step leaves the choice; null where it is said by the step. */
	readonly chosenBoardId: BoardId | null;
	/** What is published on the board that is open here. */
	readonly published: ReadonlyMap<IdeaId, string>;
}

type SavedRow = OwnIdeaRow & { readonly ideaId: IdeaId };

/** One's own ideas: written, changed, taken back and brought back; with a key where names are not recorded. */
export class IdeaWriting {
	/** The idea that is being written. */
	readonly draft: Draft;
	readonly #session: WritingSession;
	readonly #place: WritingPlace;
	readonly #keyed: KeyedIdeas;
	readonly #editDrafts: Record<IdeaId, Draft> = {};
	#owner: string | null = null;

	constructor(session: WritingSession, place: WritingPlace) {
		this.#session = session;
		this.#place = place;
		this.#keyed = new KeyedIdeas(session.storage);
		this.draft = new Draft(session.storage, 'idea');
	}

	readonly #rows: OwnIdeaRow[] = $derived.by(() => {
		const { me, outbox } = this.#session;
		const { entries, refused, landed } = outbox;
		const { published, step } = this.#place;
		const keyed = this.#keyed.list;
		return ownIdeaRows({
			own: me?.ideas ?? {},
			entries,
			refused,
			landed,
			keyed,
			published,
			stepId: step?.id ?? null,
		});
	});

	get rows(): readonly OwnIdeaRow[] {
		return this.#rows;
	}

	/** Takes up the drafts and keys of whoever this session turns out to be, as in `participant/<id>`. */
	belongTo(owner: string): void {
		this.#owner = owner;
		this.draft.belongTo(owner);
		this.#keyed.belongTo(owner);
	}

	/** For an effect: remembers the key of each idea that was written without a name and is saved now. */
	keepKeys(): void {
		const { step } = this.#place;
		for (const idea of this.#session.outbox.landed) {
			if (idea.key === null || this.#keyed.find(idea.ideaId) !== undefined) continue;
			const state = step === null ? 'published' : stateByIntake(step.rules.intake);
			this.#keyed.put({ ...idea, key: idea.key, stepId: step?.id ?? null, state });
		}
	}

	submit(text: string, language: Language): void {
		const { step, chosenBoardId } = this.#place;
		void this.#session.send('idea.submit', {
			text,
			language,
			...(chosenBoardId === null ? {} : { boardId: chosenBoardId }),
			...(step?.rules.names === 'unrecorded' ? { key: newIdeaKey() } : {}),
		});
	}

	/** The new wording of an own idea that is being changed, kept over reloads. Not for deriveds or templates. */
	editDraft(ideaId: IdeaId): Draft {
		const draft = (this.#editDrafts[ideaId] ??= new Draft(this.#session.storage, `edit/${ideaId}`));
		if (this.#owner !== null) draft.belongTo(this.#owner);
		return draft;
	}

	/** Words that were typed here and not sent: new ones, and new wordings. */
	unsent(): string[] {
		return [this.draft, ...Object.values(this.#editDrafts)].map(({ text }) => text.trim()).filter(Boolean);
	}

	/** Sends all of that which can be sent. */
	sendUnsent(language: Language): void {
		const idea = ideaText.safeParse(this.draft.text);
		if (idea.success) this.submit(idea.data, language);
		this.draft.clear();
		for (const [id, draft] of Object.entries(this.#editDrafts) as [IdeaId, Draft][]) {
			const wording = ideaText.safeParse(draft.text);
			const row = this.#rows.find(({ ideaId }) => ideaId === id);
			if (wording.success && row !== undefined) this.edit({ ...row, ideaId: id }, wording.data);
			draft.clear();
		}
	}

	edit(row: SavedRow, text: string): void {
		const { ideaId } = row;
		const keyed = this.#keyed.find(ideaId);
		if (keyed !== undefined) this.#keyed.put({ ...keyed, text });
		void this.#session.send('idea.edit', { ideaId, text, ...keyOf(row) }).then((ack) => {
			if (!ack.ok && keyed !== undefined) this.#keyed.put(keyed);
		});
	}

	withdraw(row: SavedRow): void {
		const { ideaId } = row;
		void this.#session.send('idea.withdraw', { ideaId, ...keyOf(row) });
		this.#become(ideaId, 'withdrawn');
	}

	/** Puts an idea back that was withdrawn. */
	bringBack(row: SavedRow): void {
		const { ideaId } = row;
		void this.#session.send('idea.publish', { ideaId, ...keyOf(row) });
		this.#become(ideaId, 'published');
	}

	#become(ideaId: IdeaId, state: KeyedIdea['state']): void {
		const keyed = this.#keyed.find(ideaId);
		if (keyed !== undefined) this.#keyed.put({ ...keyed, state });
	}
}

function keyOf({ secret }: OwnIdeaRow): { key?: string } {
	return secret === null ? {} : { key: secret };
}

function stateByIntake(intake: StepRules['intake']): IdeaState {
	switch (intake) {
		case 'direct':
			return 'published';
		case 'inbox':
			return 'inbox';
		case 'private':
			return 'private';
		default:
			return unreachable(intake);
	}
}
