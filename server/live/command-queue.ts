import type { WorkshopId } from '#lib/domain/ids.ts';
import type { CommandAck, CommandEnvelope, CommandName } from '#lib/protocol/commands.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import type { CommitSource, GroupCommit } from '#server/db/group-commit.ts';
import { isTransientFailure } from '#server/db/transient-failure.ts';
import type { Logger } from '#server/logger.ts';

import { keyText, type AnsweredCommands } from './answered-commands.ts';
import { applyChange, type Touched } from './apply-change.ts';
import type { CommandHandler } from './command-handler.ts';
import { commandLane, type CommandEntry } from './commit.ts';
import { untilDatabaseAnswers } from './database-failure.ts';
import {
	decideBatch,
	parsePayload,
	refusal,
	type Command,
	type Decided,
	type DirectWork,
	type Item,
	type Outcome,
	type Sender,
} from './decide-batch.ts';
import { findAcks, loadWorkshopState } from './state-queries.ts';
import type { WorkshopState } from './workshop-state.ts';

/**
 * The command pipeline of one workshop.
 *
 * Commands wait until the next commit of the whole server begins. Then they are run in order: known answer? → parse → decide over
 * the state → apply to the state. What they changed becomes part of that commit; after it the listener is told and they are
 * acknowledged. While nothing is under way the state equals what is committed, and only then is it read.
 *
 * When its part can't be written, the state is read anew from the rows, the commands are tried one by one, and the one at fault is
 * refused.
 */
export type QueueOptions = {
	readonly workshopId: WorkshopId;
	readonly database: Database;
	readonly commits: GroupCommit;
	readonly answered: AnsweredCommands;
	readonly handlers: { readonly [Name in CommandName]: CommandHandler<Name> };
	readonly clock: Clock;
	readonly logger: Logger;
	readonly newId: () => string;
	/** From one batch to the next, at least; after a pause the first goes at once. */
	readonly paceMs: () => number;
	/** Called in the same turn of the event loop in which a batch has become the committed state. */
	readonly committed: (touched: Touched) => void;
	/** Called after the state was read anew. */
	readonly reloaded: () => void;
};

type Exclusive = { readonly kind: 'exclusive'; readonly work: () => Promise<void> };

const maxBatch = 256;
const maxWaiting = 20_000;
/** What a waiting command counts in the backlog; what its schema lets through is seldom larger. */
const commandBytes = 1024;

export class CommandQueue implements CommitSource<CommandEntry> {
	readonly lane = commandLane;
	readonly #options: QueueOptions;
	readonly #readers: (() => void)[] = [];
	readonly #stopping: (() => void)[] = [];
	/** Those of which only the command log knows whether they were answered before. */
	#unchecked: (Item | Exclusive)[] = [];
	#checking = false;
	#waiting: (Item | Exclusive)[] = [];
	/** So many of those at the front are to be tried one by one. */
	#suspects = 0;
	#underWay: Decided | null = null;
	/** The rows are being changed or read by something other than a batch. */
	#blocked = false;
	#state: WorkshopState;
	#collectedAt = Number.NEGATIVE_INFINITY;
	#pause: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(state: WorkshopState, options: QueueOptions) {
		this.#state = state;
		this.#options = options;
	}

	/** The state in memory. Outside `committed`, `reloaded` and `read` it may be ahead of the database: don't show it then. */
	get state(): WorkshopState {
		return this.#state;
	}

	/** True while nothing waits and nothing is being decided or written. */
	get isIdle(): boolean {
		return this.#isSettled && this.#waiting.length === 0 && this.#unchecked.length === 0 && !this.#checking;
	}

	/** Runs a command; answers once it is committed or refused. Never rejects. */
	async run(sender: Sender, envelope: CommandEnvelope): Promise<CommandAck> {
		const { commits } = this.#options;
		if (this.#isFull()) return refusal(new AppError('command.busy'));
		if (!commits.takeBacklog(commandBytes)) return refusal(new AppError('database.away'));
		try {
			const parsed = parsePayload(envelope);
			return await new Promise((answer) => {
				this.#enqueue({ kind: 'command', sender, envelope: parsed, answer });
			});
		} catch (error) {
			return this.#refusalOf(error, envelope.name);
		} finally {
			commits.releaseBacklog(commandBytes);
		}
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

	/** Reads the committed state: at once when nothing is under way, else as soon as that has ended. `read` must be synchronous. */
	async read<Result>(read: (state: WorkshopState) => Result): Promise<Result> {
		if (this.#isSettled) return read(this.#state);
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

	/** Lets what has come end and takes nothing more. */
	async stop(): Promise<void> {
		this.#stopped = true;
		if (!this.isIdle) await new Promise<void>((resolve) => this.#stopping.push(resolve));
	}

	collect(): CommandEntry | null {
		if (!this.#isSettled || this.#waiting.length === 0 || this.#waiting[0]?.kind === 'exclusive') return null;
		this.#collectedAt = performance.now();
		const items = this.#answerKnown(this.#takeBatch());
		const { handlers, clock, newId, workshopId } = this.#options;
		const decided = decideBatch(items, { state: this.#state, handlers, clock, newId });
		this.#waiting = [...decided.postponed, ...this.#waiting];
		if (decided.accepted.length === 0) {
			this.#answer(decided.outcomes);
			this.#proceed();
			return null;
		}
		this.#underWay = decided;
		return { workshopId, accepted: decided.accepted, state: this.#state, written: null };
	}

	committed({ written }: CommandEntry): void {
		const decided = this.#underWay;
		if (decided === null || written === null) return;
		if (written.earlier && decided.accepted.some(({ changes }) => changes.some(({ type }) => type === 'run'))) {
			void this.#readAnew(() => this.#answer(decided.outcomes));
			return;
		}
		for (const change of written.following) applyChange(this.#state, change, decided.touched);
		this.#underWay = null;
		this.#tell(decided.touched);
		this.#answer(decided.outcomes);
		for (const work of written.afterwards) {
			work().catch((error: unknown) => {
				this.#options.logger.error({ err: error }, 'work after a commit failed');
			});
		}
		this.#proceed();
	}

	failed(_entry: CommandEntry, error: unknown): void {
		const items = this.#underWay?.outcomes.map(({ item }) => item) ?? [];
		const [item] = items;
		if (this.#stopped || isTransientFailure(error)) {
			this.#giveUp(items, new AppError('database.away'));
			this.#underWay = null;
			this.#proceed();
		} else if (items.length === 1 && item !== undefined) {
			const answerOrRefuse = () =>
				this.#isAnswered(item) ? this.#answerKnown([item]) : this.#answer([{ item, error }]);
			void this.#readAnew(answerOrRefuse, () => this.#askLog(items));
		} else {
			this.#options.logger.warn({ err: error }, 'a batch failed; its commands are tried one by one');
			const tryEach = () => {
				this.#suspects = items.length;
				this.#waiting = [...items, ...this.#waiting];
			};
			void this.#readAnew(tryEach, () => this.#askLog(items));
		}
	}

	get #isSettled(): boolean {
		return this.#underWay === null && !this.#blocked;
	}

	#isFull(): boolean {
		return this.#stopped || this.#waiting.length + this.#unchecked.length >= maxWaiting;
	}

	#enqueue(item: Item | Exclusive): void {
		if (this.#checking || !this.#options.answered.isComplete) {
			this.#unchecked.push(item);
			if (!this.#checking) void this.#checkAnswers();
		} else {
			this.#waiting.push(item);
			this.#proceed();
		}
	}

	/** Asks the command log about commands that memory knows nothing of, and passes everything on in its order. */
	async #checkAnswers(): Promise<void> {
		this.#checking = true;
		while (this.#unchecked.length > 0) {
			const items = this.#unchecked.splice(0);
			try {
				await this.#askLog(items);
				this.#waiting.push(...items);
			} catch (error) {
				this.#giveUp(items, error);
			}
			this.#proceed();
		}
		this.#checking = false;
		this.#proceed();
	}

	/** Remembers what the command log says of those that memory knows nothing of. */
	async #askLog(items: readonly (Item | Exclusive)[]): Promise<void> {
		const { answered, database } = this.#options;
		const unknown = items.flatMap((item) => (item.kind === 'command' && !this.#isAnswered(item) ? [keyOf(item)] : []));
		if (unknown.length === 0) return;
		for (const row of await this.#persist(() => findAcks(database, unknown))) answered.remember(row, row);
	}

	#isAnswered(item: Item): boolean {
		return item.kind === 'command' && this.#options.answered.find(keyOf(item)) !== undefined;
	}

	/** Lets readers look, and starts what comes next. */
	#proceed(): void {
		if (!this.#isSettled) return;
		for (const read of this.#readers.splice(0)) read();
		const [first] = this.#waiting;
		if (first?.kind === 'exclusive') {
			this.#waiting.shift();
			void this.#readAnew(() => undefined, first.work);
		} else if (first !== undefined) {
			this.#requestCommit();
		} else if (this.isIdle) {
			for (const stopped of this.#stopping.splice(0)) stopped();
		}
	}

	#requestCommit(): void {
		if (this.#pause !== undefined) return;
		const waitMs = this.#collectedAt + this.#options.paceMs() - performance.now();
		if (waitMs <= 0 || this.#stopped) {
			this.#options.commits.request(this);
			return;
		}
		this.#pause = setTimeout(() => {
			this.#pause = undefined;
			this.#options.commits.request(this);
		}, waitMs);
	}

	#takeBatch(): Item[] {
		const end = this.#waiting.findIndex((waiting) => waiting.kind === 'exclusive');
		const size = Math.min(this.#suspects > 0 ? 1 : maxBatch, end === -1 ? this.#waiting.length : end);
		this.#suspects = Math.max(0, this.#suspects - size);
		return this.#waiting.splice(0, size).filter((waiting) => waiting.kind !== 'exclusive');
	}

	/** Answers resends with the first answer and returns the rest. A resend beside its original waits for the next batch. */
	#answerKnown(batch: readonly Item[]): Item[] {
		const fresh: Item[] = [];
		const seen = new Set<string>();
		const twins: Command[] = [];
		for (const item of batch) {
			if (item.kind === 'direct') {
				fresh.push(item);
				continue;
			}
			const key = keyText(keyOf(item));
			const answer = this.#options.answered.find(keyOf(item));
			if (answer !== undefined) {
				item.answer(answer.name === item.envelope.name ? answer.ack : refusal(new AppError('command.reused')));
			} else if (seen.has(key)) {
				twins.push(item);
			} else {
				seen.add(key);
				fresh.push(item);
			}
		}
		this.#waiting = [...twins, ...this.#waiting];
		return fresh;
	}

	/** The listener's faults are its own: what is committed is acknowledged. */
	#tell(touched: Touched): void {
		try {
			this.#options.committed(touched);
		} catch (error) {
			this.#options.logger.error({ err: error }, 'a commit could not be told');
		}
	}

	#answer(outcomes: readonly Outcome[]): void {
		for (const { item, accepted, error } of outcomes) {
			if (item.kind === 'direct') {
				if (accepted === undefined) item.failed(error);
				else item.done();
			} else if (accepted === undefined) {
				item.answer(this.#refusalOf(error, item.envelope.name));
			} else {
				this.#options.answered.remember(keyOf(item), accepted);
				item.answer(accepted.ack);
			}
		}
	}

	#refusalOf(error: unknown, command: CommandName): CommandAck {
		if (error instanceof AppError) return refusal(error);
		this.#options.logger.error({ err: error, command }, 'a command failed');
		return refusal(new AppError('server.failed'));
	}

	/** Does `work` and reads the rows again while nobody reads or decides; then, with the new state, calls `next`. */
	async #readAnew(next: () => void, work: () => Promise<void> = () => Promise.resolve()): Promise<void> {
		this.#blocked = true;
		this.#underWay = null;
		try {
			await work();
			const { database, workshopId } = this.#options;
			const state = await this.#persist(() => loadWorkshopState(database, workshopId));
			if (state === undefined) throw new AppError('workshop.unknown');
			this.#state = state;
			this.#options.reloaded();
			next();
		} catch (error) {
			next();
			this.#options.logger.error({ err: error }, 'the command pipeline stopped');
			this.#giveUp(this.#waiting.splice(0), error);
		}
		this.#blocked = false;
		this.#proceed();
	}

	/** The workshop was deleted, or the server stops while the database is away. Nobody is told "saved". */
	#giveUp(items: readonly (Item | Exclusive)[], error: unknown): void {
		const reason = error instanceof AppError ? error : new AppError('database.away');
		for (const item of items) {
			if (item.kind === 'command') item.answer(refusal(reason));
			else if (item.kind === 'direct') item.failed(reason);
			else void item.work();
		}
	}

	#persist<Result>(work: () => Promise<Result>): Promise<Result> {
		return untilDatabaseAnswers(work, this.#options.logger, () => !this.#stopped);
	}
}

function keyOf({ sender, envelope }: Command) {
	return { actorId: sender.id, id: envelope.id };
}
