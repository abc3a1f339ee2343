import { commandPayloads, type CommandAck, type CommandEnvelope, type CommandName } from '#lib/protocol/commands.ts';
import { AppError, isErrorCode } from '#lib/protocol/errors.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import type { Logger } from '#server/logger.ts';

import { applyChange, nothingTouched, type Touched } from './apply-change.ts';
import type { Change } from './change.ts';
import type { CommandHandler } from './command-handler.ts';
import { isTransient } from './database-failure.ts';
import { findAcks, loadWorkshopState } from './state-queries.ts';
import type { WorkshopState } from './workshop-state.ts';
import { writeChanges, writeCommandLog, type AcceptedCommand } from './write-queries.ts';

/**
 * The command pipeline of one workshop.
 *
 * Commands run one after another. Those that wait while a transaction is under way form the next batch and share one commit:
 * parse → known answer? → decide over the state → apply to the state → write → commit → tell the listener → acknowledge.
 * Between two batches the state equals what is committed, and only then is it shown (`settled`).
 *
 * When the database is away, the batch waits and is written again; whether it had been committed after all is read from the command
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

type Waiting =
	| {
			readonly kind: 'command';
			readonly sender: Sender;
			readonly envelope: CommandEnvelope;
			readonly answer: (ack: CommandAck) => void;
	  }
	| {
			readonly kind: 'changes';
			readonly decide: DirectWork;
			readonly done: () => void;
			readonly failed: (error: unknown) => void;
	  }
	| { readonly kind: 'exclusive'; readonly work: () => Promise<void> };

/** Changes that don't come as a command: somebody joins, a device is paired. */
export type DirectWork = (state: WorkshopState, now: number) => readonly Change[];

type Command = Extract<Waiting, { kind: 'command' }>;
type Direct = Extract<Waiting, { kind: 'changes' }>;

const maxBatch = 256;
const maxWaiting = 20_000;
const rememberedAcks = 20_000;
const retryDelaysMs = [50, 100, 250, 500, 1000] as const;

export class CommandQueue {
	readonly #options: QueueOptions;
	readonly #acks = new Map<string, { name: string; ack: CommandAck }>();
	readonly #readers: (() => void)[] = [];
	#waiting: Waiting[] = [];
	#draining: Promise<void> | undefined;
	#state: WorkshopState;
	#stopped = false;

	constructor(state: WorkshopState, options: QueueOptions) {
		this.#state = state;
		this.#options = options;
	}

	/** The state in memory. Outside `committed` and `settled` it may be ahead of the database: don't show it then. */
	get state(): WorkshopState {
		return this.#state;
	}

	/** True while nothing is being decided or written. */
	get isIdle(): boolean {
		return this.#draining === undefined;
	}

	/** Runs a command; answers once it is committed or refused. Never rejects. */
	run(sender: Sender, envelope: CommandEnvelope): Promise<CommandAck> {
		return new Promise((answer) => {
			if (this.#waiting.length >= maxWaiting || this.#stopped) return answer(refusal(new AppError('command.busy')));
			this.#enqueue({ kind: 'command', sender, envelope, answer });
		});
	}

	/** Commits changes that don't come as a command. @throws whatever `decide` throws, or the database's error */
	change(decide: DirectWork): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.#waiting.length >= maxWaiting || this.#stopped) return reject(new AppError('command.busy'));
			this.#enqueue({ kind: 'changes', decide, done: resolve, failed: reject });
		});
	}

	/** Runs work while no command does, then reads the rows again. */
	exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
		return new Promise((resolve, reject) => {
			this.#enqueue({
				kind: 'exclusive',
				work: async () => {
					try {
						resolve(await work());
					} catch (error) {
						reject(error);
					}
				},
			});
		});
	}

	/** Reads the committed state: at once when nothing is under way, else between two batches. `read` must be synchronous. */
	read<Result>(read: (state: WorkshopState) => Result): Promise<Result> {
		return new Promise((resolve, reject) => {
			const attempt = () => {
				try {
					resolve(read(this.#state));
				} catch (error) {
					reject(error);
				}
			};
			if (this.#draining === undefined) attempt();
			else this.#readers.push(attempt);
		});
	}

	/** Lets what is under way end and takes nothing more. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#draining;
	}

	#enqueue(waiting: Waiting): void {
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
				this.#giveUp(error);
			}
			for (const read of this.#readers.splice(0)) read();
		}
		this.#draining = undefined;
	}

	async #runNext(): Promise<void> {
		if (this.#waiting[0]?.kind !== 'exclusive') return this.#runBatch(this.#takeBatch());
		const exclusive = this.#waiting.shift();
		if (exclusive?.kind === 'exclusive') await exclusive.work();
		await this.#reload();
	}

	/** The workshop can't go on: it was deleted, or the server stops while the database is away. Nobody is told "saved". */
	#giveUp(error: unknown): void {
		this.#options.logger.error({ err: error }, 'the command pipeline stopped');
		const reason = error instanceof AppError ? error : new AppError('database.away');
		for (const item of this.#waiting.splice(0)) {
			if (item.kind === 'command') item.answer(refusal(reason));
			else if (item.kind === 'changes') item.failed(reason);
			else void item.work();
		}
	}

	#takeBatch(): (Command | Direct)[] {
		const batch: (Command | Direct)[] = [];
		while (batch.length < maxBatch) {
			const next = this.#waiting[0];
			if (next === undefined || next.kind === 'exclusive') break;
			this.#waiting.shift();
			batch.push(next);
		}
		return batch;
	}

	async #runBatch(batch: readonly (Command | Direct)[]): Promise<void> {
		const fresh = await this.#answerKnown(batch);
		if (fresh.length === 0) return;
		const decided = this.#decide(fresh);
		if (decided.accepted.length === 0) return this.#answer(decided);

		try {
			await this.#commit(decided);
		} catch (error) {
			await this.#reload();
			if (decided.outcomes.length === 1) return this.#refuseFaulty(decided, error);
			this.#options.logger.warn({ err: error }, 'a batch failed; its commands are tried one by one');
			for (const item of fresh) await this.#runBatch([item]);
			return;
		}
		this.#options.committed(decided.touched);
		this.#answer(decided);
	}

	/** Answers resends with the first answer and returns the rest. A resend beside its original waits for the next batch. */
	async #answerKnown(batch: readonly (Command | Direct)[]): Promise<(Command | Direct)[]> {
		const unknown = batch.flatMap((item) =>
			item.kind === 'command' && !this.#acks.has(keyOf(item))
				? [{ actorId: item.sender.id, id: item.envelope.id }]
				: [],
		);
		const logged =
			unknown.length === 0
				? undefined
				: await this.#untilDatabaseAnswers(() => findAcks(this.#options.database, unknown));
		const fresh: (Command | Direct)[] = [];
		const inBatch = new Set<string>();
		const twins: Command[] = [];
		for (const item of batch) {
			if (item.kind !== 'command') {
				fresh.push(item);
				continue;
			}
			const key = keyOf(item);
			const known = this.#acks.get(key) ?? logged?.get(key);
			if (known !== undefined) {
				item.answer(known.name === item.envelope.name ? known.ack : refusal(new AppError('command.reused')));
			} else if (inBatch.has(key)) {
				twins.push(item);
			} else {
				inBatch.add(key);
				fresh.push(item);
			}
		}
		this.#waiting = [...twins, ...this.#waiting];
		return fresh;
	}

	/** Decides in order and applies to the state. A change that needs the transaction ends the batch; the rest goes back to the queue. */
	#decide(items: readonly (Command | Direct)[]): Decided {
		const decided: Decided = { accepted: [], outcomes: [], touched: nothingTouched() };
		for (const [index, item] of items.entries()) {
			const outcome = this.#decideOne(item);
			decided.outcomes.push(outcome);
			if (outcome.accepted === undefined) continue;
			decided.accepted.push(outcome.accepted);
			for (const change of outcome.accepted.changes) applyChange(this.#state, change, decided.touched);
			if (outcome.accepted.changes.some((change) => change.type === 'run')) {
				this.#waiting = [...items.slice(index + 1), ...this.#waiting];
				break;
			}
		}
		return decided;
	}

	#decideOne(item: Command | Direct): Outcome {
		const now = this.#options.clock.now().getTime();
		try {
			if (item.kind === 'changes') {
				return { item, accepted: { actor: null, id: '', name: '', ack: done, changes: item.decide(this.#state, now) } };
			}
			const actor = item.sender.actor(this.#state);
			const { id, name } = item.envelope;
			const decision = this.#handle(name, item.envelope.payload, actor, now);
			const ack: CommandAck = { ok: true, result: decision.result ?? {} };
			return { item, accepted: { actor, id, name, ack, changes: decision.changes } };
		} catch (error) {
			return { item, error };
		}
	}

	#handle<Name extends CommandName>(name: Name, payload: unknown, actor: Actor, now: number) {
		const parsed = commandPayloads[name].safeParse(payload);
		if (!parsed.success) throw new AppError(codeOfIssue(parsed.error.issues));
		const handler = this.#options.handlers[name] as CommandHandler<CommandName>;
		return handler(parsed.data as never, { state: this.#state, actor, now, newId: this.#options.newId });
	}

	async #commit(decided: Decided): Promise<void> {
		const logged = decided.accepted.flatMap((command) =>
			command.actor === null ? [] : [{ ...command, actor: command.actor }],
		);
		let attempts = 0;
		await this.#untilDatabaseAnswers(async () => {
			// After a lost connection the batch may have been committed all the same.
			const probe = logged[0];
			if (attempts++ > 0 && probe !== undefined) {
				const known = await findAcks(this.#options.database, [{ actorId: probe.actor.id, id: probe.id }]);
				if (known.size > 0) return this.#reload();
			}
			const committed: (() => Promise<void>)[] = [];
			const following: Change[] = [];
			await this.#options.database.begin(async (tx) => {
				committed.length = following.length = 0;
				const writing = [writeChanges(tx, this.#options.workshopId, decided.accepted)];
				if (logged.length > 0) writing.push(writeCommandLog(tx, this.#options.workshopId, logged));
				await Promise.all(writing);
				for (const command of decided.accepted) {
					for (const change of command.changes) {
						if (change.type !== 'run') continue;
						const changes = await change.run(tx, this.#state);
						following.push(...changes);
						if (change.committed) committed.push(change.committed);
						await writeChanges(tx, this.#options.workshopId, [{ ...command, changes }]);
					}
				}
			});
			for (const change of following) applyChange(this.#state, change, decided.touched);
			for (const work of committed) {
				work().catch((error: unknown) => this.#options.logger.error({ err: error }, 'work after a commit failed'));
			}
		});
	}

	#answer(decided: Decided): void {
		for (const { item, accepted, error } of decided.outcomes) {
			if (item.kind === 'changes') {
				if (accepted === undefined) item.failed(error);
				else item.done();
				continue;
			}
			const ack = accepted === undefined ? this.#refusalOf(error, item) : accepted.ack;
			if (accepted !== undefined) this.#remember(keyOf(item), { name: item.envelope.name, ack });
			item.answer(ack);
		}
	}

	#refuseFaulty(decided: Decided, error: unknown): void {
		this.#answer({ ...decided, outcomes: decided.outcomes.map(({ item }) => ({ item, error })) });
	}

	#refusalOf(error: unknown, item: Command): CommandAck {
		if (error instanceof AppError) return refusal(error);
		this.#options.logger.error({ err: error, command: item.envelope.name }, 'a command failed');
		return refusal(new AppError('server.failed'));
	}

	#remember(key: string, answer: { name: string; ack: CommandAck }): void {
		this.#acks.set(key, answer);
		if (this.#acks.size <= rememberedAcks) return;
		for (const oldest of this.#acks.keys()) {
			this.#acks.delete(oldest);
			break;
		}
	}

	async #reload(): Promise<void> {
		const state = await this.#untilDatabaseAnswers(() =>
			loadWorkshopState(this.#options.database, this.#options.workshopId),
		);
		if (state === undefined) throw new AppError('workshop.unknown');
		this.#state = state;
		this.#options.reloaded();
	}

	/** Repeats work for as long as the database can't be reached; other errors are the caller's. */
	async #untilDatabaseAnswers<Result>(work: () => Promise<Result>): Promise<Result> {
		for (let attempt = 0; ; attempt += 1) {
			try {
				return await work();
			} catch (error) {
				if (!isTransient(error) || this.#stopped) throw error;
				const delayMs = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 1000;
				this.#options.logger.warn({ err: error, delayMs }, 'the database is away; what waits is kept');
				await new Promise((resolve) => setTimeout(resolve, delayMs));
			}
		}
	}
}

type Outcome = { readonly item: Command | Direct; readonly accepted?: AcceptedCommand; readonly error?: unknown };
type Decided = { readonly accepted: AcceptedCommand[]; readonly outcomes: Outcome[]; readonly touched: Touched };

const done: CommandAck = { ok: true, result: {} };

function keyOf(command: Command): string {
	return `${command.sender.id} ${command.envelope.id}`;
}

export function refusal(error: AppError): CommandAck {
	return { ok: false, error: error.toWire() };
}

/** Schemas name the code of a refusal as their message where a citizen can do something about it. */
function codeOfIssue(issues: readonly { message: string }[]) {
	for (const { message } of issues) if (isErrorCode(message)) return message;
	return 'command.invalid';
}
