import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { commandPayloads, type CommandAck, type CommandEnvelope, type CommandName } from '#lib/protocol/commands.ts';
import { AppError, isErrorCode } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import type { Logger } from '#server/logger.ts';

import { AnsweredCommands, keyText } from './answered-commands.ts';
import { applyChange, nothingTouched, type Touched } from './apply-change.ts';
import type { Change } from './change.ts';
import type { CommandHandler, Decision } from './command-handler.ts';
import { commit, wasCommitted } from './commit.ts';
import { untilDatabaseAnswers } from './database-failure.ts';
import { loadWorkshopState } from './state-queries.ts';
import type { WorkshopState } from './workshop-state.ts';
import type { AcceptedCommand } from './write-queries.ts';

/**
 * The command pipeline of one workshop.
 *
 * Commands run one after another. Those that wait while a transaction is under way form the next batch and share one commit:
 * known answer? → parse → decide over the state → apply to the state → write → commit → tell the listener → acknowledge.
 * Between two batches the state equals what is committed, and only then is it read.
 *
 * While the database is away the batch waits and is written again; whether it had been committed after all is read from the command
 * log, which is written in the same transaction. When a batch fails for another reason, the state is read anew from the rows, the
 * commands are tried one by one, and the one at fault is refused.
 */
export type QueueOptions = {
	readonly workshopId: WorkshopId;
	readonly database: Database;
	readonly handlers: { readonly [Name in CommandName]: CommandHandler<Name> };
	readonly clock: Clock;
	readonly logger: Logger;
	readonly newId: () => string;
	/** Called in the same turn of the event loop in which a batch has become the committed state. */
	readonly committed: (touched: Touched) => void;
	/** Called after the state was read anew. */
	readonly reloaded: () => void;
};

/** Who sends. The actor is looked up when the command's turn comes, since a command before it may have moved or blocked them. */
export type Sender = {
	readonly id: string;
	/** @throws AppError if this sender may no longer act */
	readonly actor: (state: WorkshopState) => Actor;
};

/** Changes that don't come as a command: somebody joins, a device is paired. */
export type DirectWork = (state: WorkshopState, now: number) => readonly Change[];

type Command = {
	readonly kind: 'command';
	readonly sender: Sender;
	readonly envelope: CommandEnvelope;
	readonly answer: (ack: CommandAck) => void;
};
type Direct = {
	readonly kind: 'direct';
	readonly decide: DirectWork;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
};
type Exclusive = { readonly kind: 'exclusive'; readonly work: () => Promise<void> };
type Item = Command | Direct;

type Outcome = { readonly item: Item; readonly accepted?: AcceptedCommand; readonly error?: unknown };
type Decided = { readonly accepted: AcceptedCommand[]; readonly outcomes: Outcome[]; readonly touched: Touched };

const maxBatch = 256;
const maxWaiting = 20_000;
const done: CommandAck = { ok: true, result: {} };

export class CommandQueue {
	readonly #options: QueueOptions;
	readonly #answered = new AnsweredCommands();
	readonly #readers: (() => void)[] = [];
	#waiting: (Item | Exclusive)[] = [];
	/** Taken off the queue and not answered yet. */
	#underWay = new Set<Item>();
	#draining: Promise<void> | undefined;
	#state: WorkshopState;
	#stopped = false;

	constructor(state: WorkshopState, options: QueueOptions) {
		this.#state = state;
		this.#options = options;
	}

	/** The state in memory. Outside `committed`, `reloaded` and `read` it may be ahead of the database: don't show it then. */
	get state(): WorkshopState {
		return this.#state;
	}

	/** True while nothing is being decided or written. */
	get isIdle(): boolean {
		return this.#draining === undefined;
	}

	/** Runs a command; answers once it is committed or refused. Never rejects. */
	async run(sender: Sender, envelope: CommandEnvelope): Promise<CommandAck> {
		if (this.#isFull()) return refusal(new AppError('command.busy'));
		return new Promise((answer) => {
			this.#enqueue({ kind: 'command', sender, envelope, answer });
		});
	}

	/** Commits changes that don't come as a command. @throws whatever `decide` throws, or the database's error */
	async change(decide: DirectWork): Promise<void> {
		if (this.#isFull()) throw new AppError('command.busy');
		return new Promise((resolve, reject) => {
			this.#enqueue({ kind: 'direct', decide, done: resolve, failed: reject });
		});
	}

	/** Runs work while no command does, then reads the rows again. */
	async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
		const { promise, resolve, reject } = Promise.withResolvers<Result>();
		this.#enqueue({ kind: 'exclusive', work: () => work().then(resolve, reject) });
		const result = await promise;
		await this.read(() => undefined);
		return result;
	}

	/** Reads the committed state: at once when nothing is under way, else between two batches. `read` must be synchronous. */
	async read<Result>(read: (state: WorkshopState) => Result): Promise<Result> {
		if (this.isIdle) return read(this.#state);
		const { promise, resolve, reject } = Promise.withResolvers<Result>();
		this.#readers.push(() => {
			try {
				resolve(read(this.#state));
			} catch (error) {
				reject(error);
			}
		});
		return promise;
	}

	/** Lets what is under way end and takes nothing more. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#draining;
	}

	#isFull(): boolean {
		return this.#stopped || this.#waiting.length >= maxWaiting;
	}

	#enqueue(waiting: Item | Exclusive): void {
		this.#waiting.push(waiting);
		this.#draining ??= this.#drain();
	}

	async #drain(): Promise<void> {
		// What is sent in the same turn of the event loop shares the first batch.
		await Promise.resolve();
		while (this.#waiting.length > 0) {
			try {
				await this.#runNext();
			} catch (error) {
				await this.#giveUp(error);
			}
			this.#underWay.clear();
			for (const read of this.#readers.splice(0)) read();
		}
		this.#draining = undefined;
	}

	async #runNext(): Promise<void> {
		const [first] = this.#waiting;
		if (first?.kind !== 'exclusive') return this.#runBatch(this.#takeBatch());
		this.#waiting.shift();
		await first.work();
		await this.#reload();
	}

	#takeBatch(): Item[] {
		const end = this.#waiting.findIndex((waiting) => waiting.kind === 'exclusive');
		const size = Math.min(maxBatch, end === -1 ? this.#waiting.length : end);
		const batch = this.#waiting.splice(0, size).filter((waiting) => waiting.kind !== 'exclusive');
		this.#underWay = new Set(batch);
		return batch;
	}

	async #runBatch(batch: readonly Item[]): Promise<void> {
		const fresh = await this.#answerKnown(batch);
		const decided = this.#decide(fresh);
		if (decided.accepted.length === 0) {
			this.#answer(decided.outcomes);
			return;
		}
		try {
			await this.#commit(decided);
		} catch (error) {
			await this.#reload();
			if (decided.outcomes.length === 1) {
				this.#answer(decided.outcomes.map(({ item }) => ({ item, error })));
				return;
			}
			this.#options.logger.warn({ err: error }, 'a batch failed; its commands are tried one by one');
			for (const { item } of decided.outcomes) await this.#runBatch([item]);
			return;
		}
		this.#options.committed(decided.touched);
		this.#answer(decided.outcomes);
	}

	/** Answers resends with the first answer and returns the rest. A resend beside its original waits for the next batch. */
	async #answerKnown(batch: readonly Item[]): Promise<Item[]> {
		const keys = batch.flatMap((item) => (item.kind === 'command' ? [keyOf(item)] : []));
		const known = await this.#persist(() => this.#answered.find(this.#options.database, keys));
		const fresh: Item[] = [];
		const seen = new Set<string>();
		const twins: Command[] = [];
		for (const item of batch) {
			if (item.kind === 'direct') {
				fresh.push(item);
				continue;
			}
			const key = keyText(keyOf(item));
			const answer = known.get(key);
			if (answer !== undefined) {
				this.#underWay.delete(item);
				item.answer(answer.name === item.envelope.name ? answer.ack : refusal(new AppError('command.reused')));
			} else if (seen.has(key)) {
				twins.push(item);
			} else {
				seen.add(key);
				fresh.push(item);
			}
		}
		this.#postpone(twins);
		return fresh;
	}

	/** Decides in order and applies to the state. A change that needs the transaction ends the batch. */
	#decide(items: readonly Item[]): Decided {
		const decided: Decided = { accepted: [], outcomes: [], touched: nothingTouched() };
		for (const [index, item] of items.entries()) {
			const outcome = this.#decideOne(item);
			decided.outcomes.push(outcome);
			if (outcome.accepted === undefined) continue;
			decided.accepted.push(outcome.accepted);
			for (const change of outcome.accepted.changes) applyChange(this.#state, change, decided.touched);
			if (outcome.accepted.changes.some((change) => change.type === 'run')) {
				this.#postpone(items.slice(index + 1));
				break;
			}
		}
		return decided;
	}

	#postpone(items: readonly Item[]): void {
		for (const item of items) this.#underWay.delete(item);
		this.#waiting = [...items, ...this.#waiting];
	}

	#decideOne(item: Item): Outcome {
		const now = this.#options.clock.now().getTime();
		try {
			if (item.kind === 'direct') {
				const changes = item.decide(this.#state, now);
				return { item, accepted: { actor: null, id: '', name: '', ack: done, changes } };
			}
			const actor = item.sender.actor(this.#state);
			const { id, name } = item.envelope;
			const { changes, result = {} } = this.#handle(item.envelope, actor, now);
			return { item, accepted: { actor, id, name, ack: { ok: true, result }, changes } };
		} catch (error) {
			return { item, error };
		}
	}

	#handle({ name, payload }: CommandEnvelope, actor: Actor, now: number): Decision {
		const parsed = commandPayloads[name].safeParse(payload);
		if (!parsed.success) throw new AppError(codeOfIssue(parsed.error.issues));
		// The handler of a name takes the payload that this name's schema has just made.
		const handler = this.#options.handlers[name] as CommandHandler<CommandName>;
		return handler(parsed.data, { state: this.#state, actor, now, newId: this.#options.newId });
	}

	async #commit({ accepted, touched }: Decided): Promise<void> {
		const { database, workshopId, logger } = this.#options;
		const committed = await this.#persist(async (attempt) => {
			if (attempt > 0 && (await wasCommitted(database, accepted))) return undefined;
			return commit(database, workshopId, accepted, this.#state);
		});
		// Committed in an attempt whose answer was lost: what ran inside it is known to the rows only.
		if (committed === undefined) return this.#reload();
		for (const change of committed.following) applyChange(this.#state, change, touched);
		for (const work of committed.afterwards) {
			work().catch((error: unknown) => {
				logger.error({ err: error }, 'work after a commit failed');
			});
		}
	}

	#answer(outcomes: readonly Outcome[]): void {
		for (const { item, accepted, error } of outcomes) {
			this.#underWay.delete(item);
			if (item.kind === 'direct') {
				if (accepted === undefined) item.failed(error);
				else item.done();
			} else if (accepted === undefined) {
				item.answer(this.#refusalOf(error, item));
			} else {
				this.#answered.remember(keyOf(item), accepted);
				item.answer(accepted.ack);
			}
		}
	}

	#refusalOf(error: unknown, { envelope }: Command): CommandAck {
		if (error instanceof AppError) return refusal(error);
		this.#options.logger.error({ err: error, command: envelope.name }, 'a command failed');
		return refusal(new AppError('server.failed'));
	}

	/** The workshop was deleted, or the server stops while the database is away. Nobody is told "saved". */
	async #giveUp(error: unknown): Promise<void> {
		this.#options.logger.error({ err: error }, 'the command pipeline stopped');
		const reason = error instanceof AppError ? error : new AppError('database.away');
		for (const item of [...this.#underWay, ...this.#waiting.splice(0)]) {
			if (item.kind === 'command') item.answer(refusal(reason));
			else if (item.kind === 'direct') item.failed(reason);
			else await item.work();
		}
	}

	async #reload(): Promise<void> {
		const { database, workshopId } = this.#options;
		const state = await this.#persist(() => loadWorkshopState(database, workshopId));
		if (state === undefined) throw new AppError('workshop.unknown');
		this.#state = state;
		this.#options.reloaded();
	}

	#persist<Result>(work: (attempt: number) => Promise<Result>): Promise<Result> {
		return untilDatabaseAnswers(work, this.#options.logger, () => !this.#stopped);
	}
}

function keyOf({ sender, envelope }: Command) {
	return { actorId: sender.id, id: envelope.id };
}

export function refusal(error: AppError): CommandAck {
	return { ok: false, error: error.toWire() };
}

/** Schemas name the code of a refusal as their message where a citizen can do something about it. */
function codeOfIssue(issues: readonly { message: string }[]) {
	for (const { message } of issues) if (isErrorCode(message)) return message;
	return 'command.invalid';
}
