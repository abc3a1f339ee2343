import { randomInt } from 'node:crypto';

import type { AccountId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { mostSynthetic, type CrowdFigures, type RehearsalPlan, type RehearsalStatus } from '#lib/protocol/rehearsal.ts';
import type { Logger } from '#server/logger.ts';
import { clearTestData, markAsRehearsal } from '#server/workshops/workshops-service.ts';

import { findRehearsed } from './rehearsal-queries.ts';
import { RunningCrowd } from './running-crowd.ts';

/** Where the rehearsed workshops are prepared and run. */
type Preparation = Parameters<typeof clearTestData>[0];

export type RehearsalServiceOptions = Preparation & {
	readonly logger: Logger;
	/** Where the crowd finds this server. */
	readonly origin: () => string;
};

export type RehearsalService = {
	/**
	 * Marks the workshop and lets synthetic people come in.
	 * @throws AppError `rehearsal.running`, `rehearsal.tooMany`, and what {@link markAsRehearsal} throws
	 */
	start(id: WorkshopId, plan: RehearsalPlan, by: AccountId): Promise<RehearsalStatus>;
	/** Lets them come to an end: they look for what they wrote, and leave. Does nothing if nobody is there. */
	stop(id: WorkshopId): Promise<RehearsalStatus>;
	/** Sends them away at once, and removes everything they left. @throws AppError what {@link clearTestData} throws */
	clear(id: WorkshopId, by: { readonly accountId: AccountId; readonly language: Language }): Promise<RehearsalStatus>;
	/** @throws AppError `workshop.unknown` */
	status(id: WorkshopId): Promise<RehearsalStatus>;
	/** Ends all crowds. */
	close(): Promise<void>;
};

/** A crowd of this server: still there, or what is known of it since it has gone. */
type Rehearsal = {
	readonly plan: RehearsalPlan;
	readonly startedAt: Date;
	/** Undefined while its workshop is being marked. */
	crowd: RunningCrowd | undefined;
	state: 'there' | 'gone' | 'failed';
};

const nothingYet: CrowdFigures = {
	...{ phase: 'joining', joined: 0, connected: 0, returned: 0, ideas: 0, votes: 0, sentences: 0 },
	...{ sent: 0, acknowledged: 0, resent: 0, refused: {}, turnedAway: {} },
	...{ ackMs: null, lost: null, duplicated: null, ownDelayMs: 0 },
};

/** Rehearsals of this server: one at a time in a workshop, and together no more people than one evening may have. */
export function createRehearsalService({ logger, origin, ...preparation }: RehearsalServiceOptions): RehearsalService {
	const { database, clock } = preparation;
	const rehearsals = new Map<WorkshopId, Rehearsal>();

	async function status(id: WorkshopId): Promise<RehearsalStatus> {
		const row = await findRehearsed(database, id);
		if (row === undefined) throw new AppError('workshop.unknown');
		const { marked, ...used } = row;
		const rehearsal = rehearsals.get(id);
		return { marked, used, crowd: rehearsal === undefined ? null : present(rehearsal) };
	}

	function requireRoomFor(participants: number): void {
		const there = [...rehearsals.values()].filter(({ state }) => state === 'there');
		const free = mostSynthetic - there.reduce((sum, { plan }) => sum + plan.participants, 0);
		if (participants > free) throw new AppError('rehearsal.tooMany', { max: free });
	}

	async function start(id: WorkshopId, plan: RehearsalPlan, by: AccountId): Promise<RehearsalStatus> {
		const before = rehearsals.get(id);
		if (before?.state === 'there') throw new AppError('rehearsal.running');
		requireRoomFor(plan.participants);
		const rehearsal: Rehearsal = { plan, startedAt: clock.now(), crowd: undefined, state: 'there' };
		rehearsals.set(id, rehearsal);
		try {
			const { code } = await markAsRehearsal(preparation, id, by);
			rehearsal.crowd = new RunningCrowd({ type: 'begin', origin: origin(), code, plan, seed: randomInt(2 ** 31) });
		} catch (error) {
			if (before === undefined) rehearsals.delete(id);
			else rehearsals.set(id, before);
			throw error;
		}
		void rehearsal.crowd.ended.then((orderly) => {
			if (rehearsal.state !== 'there') return;
			rehearsal.state = orderly ? 'gone' : 'failed';
			if (!orderly) logger.error({ workshopId: id }, 'the crowd of a rehearsal ended before its time');
		});
		return status(id);
	}

	async function dismiss(rehearsal: Rehearsal | undefined): Promise<void> {
		if (rehearsal?.state !== 'there') return;
		rehearsal.state = 'gone';
		await rehearsal.crowd?.[Symbol.asyncDispose]();
	}

	return {
		start,
		async stop(id) {
			rehearsals.get(id)?.crowd?.stop();
			return status(id);
		},
		async clear(id, by) {
			await dismiss(rehearsals.get(id));
			await clearTestData(preparation, id, by);
			rehearsals.delete(id);
			return status(id);
		},
		status,
		async close() {
			await Promise.all([...rehearsals.values()].map(dismiss));
		},
	};
}

function present({ plan, startedAt, state, crowd }: Rehearsal): RehearsalStatus['crowd'] {
	const figures = crowd?.figures ?? nothingYet;
	return {
		plan,
		startedAt: startedAt.toISOString(),
		failed: state === 'failed',
		figures: state === 'there' ? figures : { ...figures, phase: 'ended', connected: 0 },
	};
}
