import { setTimeout as delay } from 'node:timers/promises';

import { beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Yjs from 'yjs';

import type * as PolicyModule from '#lib/domain/policy.ts';
import type * as SmallGroupModule from '#lib/domain/small-group.ts';
import type * as AccessModule from '#server/accounts/access-service.ts';
import type * as AppModule from '#server/app.ts';
import type { Database } from '#server/db/client.ts';
import type * as BoardPresenterModule from '#server/live/board-presenter.ts';
import type * as MePresenterModule from '#server/live/me-presenter.ts';
import type { OwnPart } from '#server/live/view-presenter.ts';
import type * as ViewPresenterModule from '#server/live/view-presenter.ts';
import type * as WallPresenterModule from '#server/live/wall-presenter.ts';
import { Ideas } from '#server/live/ideas.ts';
import type { Idea, Round, WorkshopState } from '#server/live/workshop-state.ts';

import { recordEvening } from '../helpers/leaks/evening.ts';
import type { Moment } from '../helpers/leaks/moments.ts';
import { describeLeak, scan, type Occurrence } from '../helpers/leaks/scan.ts';
import { runApp } from '../helpers/running-app.ts';
import { isThorough } from '../helpers/thoroughness.ts';

/**
 * Leaks that are planted on purpose: the scan must tell of each. In the quick run all of them are in one evening, in the long run
 * each one has an evening of its own as well.
 */
type Plant = {
	readonly leak: string;
	/** What the scan must tell of. */
	readonly seen: { readonly secret: string; readonly client: string; readonly moment: Moment; readonly where: RegExp };
};

const plants: readonly Plant[] = [
	plant('drafts stand on the board', 'silent note', 'anna', 'writing in silence', /\/sync\//),
	plant('the inbox stands on the board', 'refused note', 'ravi', 'the inbox', /\/sync\//),
	plant('hidden notes stay on the board', 'note to be hidden', 'nora', 'after the hiding', /\/sync\//),
	plant('names are never hidden', "Wanda's name", 'anna', 'hidden names', /\/sync\//),
	plant('languages are never hidden', 'language of the anonymous note', 'wall', 'hidden names', /\/wall\//),
	plant('every note is counted', 'when Anna writes', 'claire', 'after the change of tables', /people/),
	plant('deleted words stay in the document', 'words struck out', 'nora', 'after the hiding', /\/sync\//),
	plant('it is told before the commit', 'held note', 'paul', 'a commit is held back', /\/sync\//),
	plant('ballots are shown to others', 'ballot of anna in the shown vote', 'paul', 'voting', /me\/ballots/),
	plant('closed votes are shown at once', 'tally of the kept vote, option 1', 'anna', 'counting', /socket\.io/),
	plant('small groups are counted in the open', 'tally of the small vote, option 1', 'claire', 'counting', /rounds/),
	plant('every table is open to all', 'open note', 'ravi', 'writing in silence', /\/sync\//),
	plant('every table is open to all', 'note after the change', 'mia', 'after the change of tables', /\/sync\//),
	plant('every table is open to all', 'words after the block', 'bruno', 'after the block', /\/sync\//),
	plant('what tables keep is on the wall', 'note among the table', 'wall', 'among the table', /\/wall\//),
	plant('votes of tables are the room’s', 'note in the light', 'ravi', 'among the table', /\/rounds\//),
	plant('hosts are named to every table', "Paul's name", 'ravi', 'among the table', /me\/hostName/),
	plant('any account may facilitate', 'note in the inbox', 'eve', 'the inbox', /\/api\/v1\/.*ideas\.csv/),
];

function plant(leak: string, secret: string, client: string, moment: Moment, where: RegExp): Plant {
	return { leak, seen: { secret, client, moment, where } };
}

const planted = vi.hoisted(() => new Set<string>());

function withPlantedLeaks(state: WorkshopState): WorkshopState {
	const alter = (idea: Idea): Idea => {
		const shown =
			(planted.has('drafts stand on the board') && idea.state === 'private') ||
			(planted.has('the inbox stands on the board') && idea.state === 'inbox') ||
			(planted.has('hidden notes stay on the board') && idea.state === 'hidden');
		return {
			...idea,
			state: shown ? 'published' : idea.state,
			showsName: idea.showsName || planted.has('names are never hidden'),
		};
	};
	return { ...state, ideas: new Ideas([...state.ideas.values()].map(alter)) };
}

vi.mock('#server/live/board-presenter.ts', async (importOriginal) => {
	const original = await importOriginal<typeof BoardPresenterModule>();
	return {
		...original,
		presentBoard: (state, boardId) => original.presentBoard(withPlantedLeaks(state), boardId),
		presentBoardChanges: (state, touched) => original.presentBoardChanges(withPlantedLeaks(state), touched),
	} satisfies typeof BoardPresenterModule;
});

vi.mock('#server/live/view-presenter.ts', async (importOriginal) => {
	const original = await importOriginal<typeof ViewPresenterModule>();
	const shown = (round: Round): Round => {
		return planted.has('closed votes are shown at once') ? { ...round, published: round.state === 'closed' } : round;
	};
	return {
		...original,
		presentShared: (forTeam, state, ...around) => {
			const rounds = new Map([...state.rounds].map(([id, round]) => [id, shown(round)]));
			if (planted.has('votes of tables are the room’s')) {
				for (const [id, round] of rounds) rounds.set(id, { ...round, tableId: null });
			}
			return original.presentShared(forTeam, { ...state, rounds }, ...around);
		},
		presentOwn: (viewers, state, ...around) => tellMore(original.presentOwn(viewers, state, ...around), state),
	} satisfies typeof ViewPresenterModule;
});

vi.mock('#server/live/wall-presenter.ts', async (importOriginal) => {
	const original = await importOriginal<typeof WallPresenterModule>();
	return {
		...original,
		presentWall: (state, tableId) => {
			const ideas = planted.has('what tables keep is on the wall') ? withoutReach(state.ideas) : state.ideas;
			return original.presentWall({ ...state, ideas }, tableId);
		},
	} satisfies typeof WallPresenterModule;
});

function withoutReach(ideas: Ideas): Ideas {
	return new Ideas([...ideas.values()].map((idea) => ({ ...idea, reach: 'room' })));
}

/** Puts into a view what would give an anonymous author away. */
function tellMore(view: OwnPart, state: WorkshopState): OwnPart {
	const ideas = [...state.ideas.values()];
	if (view.audience === 'screen' && planted.has('languages are never hidden')) {
		for (const { id, language } of ideas) if (view.wall[id] !== undefined) view.wall[id].language = language;
	}
	if (view.audience === 'facilitator' && planted.has('every note is counted')) {
		for (const [id, person] of Object.entries(view.people)) {
			person.ideas = ideas.filter(({ participantId }) => participantId === id).length;
		}
	}
	return view;
}

vi.mock('#server/live/me-presenter.ts', async (importOriginal) => {
	const original = await importOriginal<typeof MePresenterModule>();
	let somebodys: Parameters<typeof original.presentMe>[3] = {};
	return {
		...original,
		presentMe: (actor, state, name, ballots, turnout) => {
			somebodys = { ...ballots, ...somebodys };
			const shown = planted.has('ballots are shown to others') ? somebodys : ballots;
			const me = original.presentMe(actor, state, name, shown, turnout);
			if (!planted.has('hosts are named to every table') || me === undefined || !('hostName' in me)) return me;
			const hosts = [...state.tables.values()].map(({ hostId }) => hostId).filter((id) => id !== null);
			const names = hosts.map((id) => state.participants.get(id)?.nickname ?? null);
			return { ...me, hostName: me.hostName ?? names[0] ?? null };
		},
	} satisfies typeof MePresenterModule;
});

vi.mock('#lib/domain/small-group.ts', async (importOriginal) => {
	const original = await importOriginal<typeof SmallGroupModule>();
	return {
		...original,
		showableTally: (round) =>
			planted.has('small groups are counted in the open') ? round.tally : original.showableTally(round),
	} satisfies typeof SmallGroupModule;
});

vi.mock('#lib/domain/policy.ts', async (importOriginal) => {
	const original = await importOriginal<typeof PolicyModule>();
	return {
		...original,
		can: (actor, action, context) => {
			const isReading = action.name === 'board.read' || action.name === 'sheet.read';
			return isReading && planted.has('every table is open to all')
				? { allowed: true }
				: original.can(actor, action, context);
		},
	} satisfies typeof PolicyModule;
});

vi.mock('#server/accounts/access-service.ts', async (importOriginal) => {
	const original = await importOriginal<typeof AccessModule>();
	return {
		...original,
		requireFacilitator: async (sql, identity, workshopId) =>
			identity.account !== null && planted.has('any account may facilitate')
				? identity.account
				: original.requireFacilitator(sql, identity, workshopId),
	} satisfies typeof AccessModule;
});

vi.mock('#server/app.ts', async (importOriginal) => {
	const original = await importOriginal<typeof AppModule>();
	return {
		...original,
		createApp: (services) => original.createApp({ ...services, database: hasty(services.database) }),
	} satisfies typeof AppModule;
});

vi.mock('yjs', async (importOriginal) => {
	const original = await importOriginal<typeof Yjs>();
	class HoardingDoc extends original.Doc {
		constructor(options: ConstructorParameters<typeof original.Doc>[0] = {}) {
			super({ ...options, gc: !planted.has('deleted words stay in the document') });
		}
	}
	return { ...original, Doc: HoardingDoc };
});

/** A database that doesn't wait for a commit which takes long: it says that the transaction is done. */
function hasty(database: Database): Database {
	const patienceMs = 30;
	return new Proxy(database, {
		get(target, name) {
			if (name !== 'begin' || !planted.has('it is told before the commit')) return Reflect.get(target, name) as unknown;
			return (...parts: [...string[], (tx: unknown) => Promise<unknown>]) => {
				const work = parts.pop() as (tx: unknown) => Promise<unknown>;
				const early = Promise.withResolvers<unknown>();
				const begun = (target.begin as (...given: unknown[]) => Promise<unknown>)(...parts, async (tx: unknown) => {
					const result = await work(tx);
					void delay(patienceMs).then(() => early.resolve(result));
					return result;
				});
				return Promise.race([begun, early.promise]);
			};
		},
	});
}

async function leaksOfAnEvening(leaks: Iterable<string>): Promise<readonly Occurrence[]> {
	planted.clear();
	for (const leak of leaks) planted.add(leak);
	await using app = await runApp();
	return scan(await recordEvening(app, { probers: ['ravi', 'eve'], until: 'counting' })).leaks;
}

function isSeen({ seen }: Plant, leaks: readonly Occurrence[]): boolean {
	const { secret, client, moment, where } = seen;
	return leaks.some(
		(leak) => leak.secret === secret && leak.client === client && leak.moment === moment && where.test(leak.where),
	);
}

describe('when all of them are planted, the scan tells that', () => {
	let leaks: readonly Occurrence[] = [];
	beforeAll(async () => {
		leaks = await leaksOfAnEvening(plants.map(({ leak }) => leak));
	}, 120_000);
	test.each(plants)('$leak: $seen.secret reaches $seen.client', (one) => {
		expect(isSeen(one, leaks), leaks.map(describeLeak).join('\n')).toBe(true);
	});
});

const alone = isThorough ? [...new Set(plants.map(({ leak }) => leak))] : [];
for (const leak of alone) {
	test(`when only this one is planted, the scan tells that ${leak}`, { timeout: 120_000 }, async () => {
		const leaks = await leaksOfAnEvening([leak]);
		for (const one of plants.filter((candidate) => candidate.leak === leak)) {
			expect(isSeen(one, leaks), leaks.map(describeLeak).join('\n')).toBe(true);
		}
	});
}
